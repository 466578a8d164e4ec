"""An API's configuration under AWS's own names: frozen records without behaviour."""

from vtl.model.api import GatewayResponse as GatewayResponse
from vtl.model.api import Method as Method
from vtl.model.api import MethodResponse as MethodResponse
from vtl.model.api import Model as Model
from vtl.model.api import RequestValidator as RequestValidator
from vtl.model.api import Resource as Resource
from vtl.model.api import RestApi as RestApi
from vtl.model.authorizer import Authorizer as Authorizer
from vtl.model.integration import Integration as Integration
from vtl.model.integration import IntegrationResponse as IntegrationResponse
from vtl.model.place import Where as Where
from vtl.model.stage import CacheSettings as CacheSettings
from vtl.model.stage import Stage as Stage
from vtl.model.stage import Throttle as Throttle
from vtl.model.websocket import HttpApi as HttpApi
from vtl.model.websocket import Route as Route
from vtl.model.websocket import RouteResponse as RouteResponse
from vtl.model.websocket import WebSocketApi as WebSocketApi
