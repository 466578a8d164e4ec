import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.minidev.json.JSONStyle;
import net.minidev.json.JSONValue;
import net.minidev.json.parser.JSONParser;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.InvalidReferenceEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.context.InternalContextAdapterImpl;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.directive.StopCommand;
import org.apache.velocity.runtime.log.NullLogChute;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.apache.velocity.util.introspection.Info;

/**
 * The other side of the differential test: renders templates through Apache Velocity 1.7, Jayway JsonPath 2.0.0 and
 * json-smart 2.2, as Debian packages them.
 *
 * Written for this project's tests; nothing of it is shipped in the wheel. It models API Gateway as recordings of the
 * service show it: an unresolved reference is the empty string, macros cannot be defined, #evaluate is not a directive,
 * maps in $context are HashMaps that print nothing. tests/differential/oracle.py compiles and drives it: one JSON
 * request a line on stdin, one JSON response a line on stdout, in the same order.
 *
 * Request: id, template, context, and for the gateway profile gateway {body, params {path, querystring, header}, context,
 * stageVariables}. A value {"@java": CLASS, "of": VALUE} in a context is that Java class. A request {"describe": CLASS}
 * lists the public methods of a class instead.
 * Response: id, ok and output (overrides too, for the gateway profile), or ok=false, error and phase (parse, init, render).
 *
 * A request that runs longer than the bound is answered with an error of phase "oracle", and the process ends with status 3.
 */
public final class Oracle {

    // ------------------------------------------------------------------ gateway model

    /**
     * A map inside $context. Recorded AWS behaviour: it iterates in java.util.HashMap order and its text
     * form is empty.
     */
    public static class ContextMap extends HashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "";
        }
    }

    /** The $input variable. */
    public static final class Input {
        private final String body;
        private final Map<String, Object> params;
        private DocumentContext document;
        private boolean parsed;

        Input(String body, Map<String, Object> params) {
            // AWS shows {} for an absent or empty payload.
            this.body = body == null || body.isEmpty() ? "{}" : body;
            this.params = params;
        }

        public String getBody() {
            return body;
        }

        private DocumentContext document() {
            if (!parsed) {
                parsed = true;
                try {
                    document = JsonPath.using(JSONPATH).parse(body);
                    if (document.json() == null) {
                        document = null;
                    }
                } catch (InvalidJsonException | IllegalArgumentException e) {
                    document = null;
                }
            }
            return document;
        }

        public Object path(String expression) {
            DocumentContext doc = document();
            if (doc == null) {
                return null;
            }
            try {
                return doc.read(expression);
            } catch (PathNotFoundException e) {
                return null;
            }
        }

        public String json(String expression) {
            Object value = path(expression);
            if (value == null) {
                return "\"\"";
            }
            return JSONValue.toJSONString(value, JSONStyle.LT_COMPRESS);
        }

        public Map<String, Object> params() {
            return params;
        }

        public Object params(String name) {
            for (String kind : PARAM_KINDS) {
                Object group = params.get(kind);
                if (group instanceof Map && ((Map<?, ?>) group).containsKey(name)) {
                    return ((Map<?, ?>) group).get(name);
                }
            }
            return "";
        }
    }

    /** The $util variable. */
    public static final class Util {
        private static String text(Object value) {
            return value == null ? null : value.toString();
        }

        public String escapeJavaScript(Object value) {
            return StringEscapeUtils.escapeJavaScript(text(value));
        }

        public Object parseJson(Object value) {
            return value == null ? null : JSONPATH.jsonProvider().parse(value.toString());
        }

        public String urlEncode(Object value) throws Exception {
            return value == null ? null : URLEncoder.encode(value.toString(), "UTF-8");
        }

        public String urlDecode(Object value) throws Exception {
            return value == null ? null : URLDecoder.decode(value.toString(), "UTF-8");
        }

        public String base64Encode(Object value) {
            return value == null ? null
                : Base64.getEncoder().encodeToString(value.toString().getBytes(StandardCharsets.UTF_8));
        }

        public String base64Decode(Object value) {
            return value == null ? null
                : new String(Base64.getDecoder().decode(value.toString()), StandardCharsets.UTF_8);
        }
    }

    /** References that do not resolve become empty strings, in output and in expressions alike. */
    public static final class EmptyInvalidReferences implements InvalidReferenceEventHandler {
        @Override
        public Object invalidGetMethod(Context c, String ref, Object o, String property, Info info) {
            return "";
        }

        @Override
        public boolean invalidSetMethod(Context c, String left, String right, Info info) {
            return false;
        }

        @Override
        public Object invalidMethod(Context c, String ref, Object o, String method, Info info) {
            return "";
        }
    }

    private static final String[] PARAM_KINDS = {"path", "querystring", "header"};
    private static final Configuration JSONPATH = Configuration.builder()
        .jsonProvider(new JsonSmartJsonProvider())
        .mappingProvider(new JsonSmartMappingProvider())
        .build();

    // ------------------------------------------------------------------ values

    /** Plain java.util collections: LinkedHashMap and ArrayList, whose toString is {a=1} and [1, 2]. */
    private static Object plain(Object value) {
        if (value instanceof Map && ((Map<?, ?>) value).containsKey("@java")) {
            Map<?, ?> tagged = (Map<?, ?>) value;
            return instance(String.valueOf(tagged.get("@java")), plain(tagged.get("of")));
        }
        if (value instanceof Map) {
            Map<String, Object> out = new LinkedHashMap<>();
            for (Map.Entry<?, ?> e : ((Map<?, ?>) value).entrySet()) {
                out.put(String.valueOf(e.getKey()), plain(e.getValue()));
            }
            return out;
        }
        if (value instanceof List) {
            List<Object> out = new ArrayList<>();
            for (Object o : (List<?>) value) {
                out.add(plain(o));
            }
            return out;
        }
        return value;
    }

    /** The value as an instance of that class, for what JSON cannot say. */
    private static Object instance(String kind, Object value) {
        switch (kind) {
            case "Byte": return ((Number) value).byteValue();
            case "Short": return ((Number) value).shortValue();
            case "Long": return ((Number) value).longValue();
            case "Float": return ((Number) value).floatValue();
            case "Double": return Double.valueOf(value.toString());
            case "BigInteger": return new BigInteger(value.toString());
            case "BigDecimal": return new java.math.BigDecimal(value.toString());
            case "Character": return value.toString().charAt(0);
            case "String[]": return ((List<?>) value).toArray(new String[0]);
            case "char[]": return value.toString().toCharArray();
            case "HashMap":
                Map<Object, Object> filled = new HashMap<>();
                for (Map.Entry<?, ?> e : ((Map<?, ?>) value).entrySet()) {
                    filled.put(e.getKey(), e.getValue());
                }
                return filled;
            default: throw new IllegalArgumentException(kind);
        }
    }

    private static Object contextual(Object value) {
        if (value instanceof Map) {
            ContextMap out = new ContextMap();
            for (Map.Entry<?, ?> e : ((Map<?, ?>) value).entrySet()) {
                out.put(String.valueOf(e.getKey()), contextual(e.getValue()));
            }
            return out;
        }
        return plain(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return value instanceof Map ? (Map<String, Object>) value : new LinkedHashMap<String, Object>();
    }

    private static Map<String, Object> child(Map<String, Object> parent, String key) {
        Object value = parent.get(key);
        if (!(value instanceof ContextMap)) {
            value = new ContextMap();
            parent.put(key, value);
        }
        return object(value);
    }

    // ------------------------------------------------------------------ engines

    private static final Map<Boolean, RuntimeInstance> ENGINES = new HashMap<>();

    private static RuntimeInstance engine(boolean hosted, boolean fresh) {
        RuntimeInstance engine = fresh ? null : ENGINES.get(hosted);
        if (engine == null) {
            engine = new RuntimeInstance();
            engine.setProperty(RuntimeConstants.RUNTIME_LOG_LOGSYSTEM, new NullLogChute());
            engine.setProperty("file.resource.loader.path", "/nonexistent-vtl-oracle");
            engine.setProperty("parser.pool.size", "2");
            if (hosted) {
                engine.setProperty("velocimacro.permissions.allow.inline", "false");
                engine.setProperty("directive.foreach.maxloops", "1000");
            }
            engine.init();
            if (hosted) {
                engine.removeDirective("evaluate");
            }
            if (!fresh) {
                ENGINES.put(hosted, engine);
            }
        }
        return engine;
    }

    /** A writer that refuses to grow without end. */
    private static final class BoundedWriter extends StringWriter {
        @Override
        public void write(String text) {
            check(text.length());
            super.write(text);
        }

        @Override
        public void write(char[] text, int start, int length) {
            check(length);
            super.write(text, start, length);
        }

        private void check(int more) {
            if (getBuffer().length() + more > MAXIMUM_OUTPUT) {
                throw new Overrun("output");
            }
        }
    }

    private static final class Overrun extends Error {
        private static final long serialVersionUID = 1L;

        Overrun(String message) {
            super(message);
        }
    }

    private static final int MAXIMUM_OUTPUT = 4 << 20;

    // ------------------------------------------------------------------ the watchdog

    private static volatile long deadline = Long.MAX_VALUE;
    private static volatile Object current;

    private static void watch(PrintStream real) {
        while (true) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                return;
            }
            if (System.currentTimeMillis() > deadline) {
                StringBuilder out = new StringBuilder("{\"id\":");
                json(out, current);
                out.append(",\"ok\":false,\"phase\":\"oracle\",\"error\":\"took too long\"}\n");
                synchronized (OUTPUT) {
                    real.print(out);
                    real.flush();
                    Runtime.getRuntime().halt(3);
                }
            }
        }
    }

    private static final Object OUTPUT = new Object();

    // ------------------------------------------------------------------ one request

    private static String answer(String line) {
        String phase = "request";
        StringBuilder out = new StringBuilder();
        current = null;
        try {
            Map<String, Object> request = object(requests().parse(line, JSONValue.defaultReader.DEFAULT_ORDERED));
            current = request.get("id");
            out.append("{\"id\":");
            json(out, current);
            if (request.containsKey("describe")) {
                describe(out, String.valueOf(request.get("describe")));
                return out.append('}').toString();
            }

            VelocityContext context = new VelocityContext();
            for (Map.Entry<String, Object> e : object(plain(request.get("context"))).entrySet()) {
                context.put(e.getKey(), e.getValue());
            }
            ContextMap gatewayContext = null;
            if (request.get("gateway") instanceof Map) {
                gatewayContext = gateway(context, object(request.get("gateway")));
                EventCartridge cartridge = new EventCartridge();
                cartridge.addEventHandler(new EmptyInvalidReferences());
                cartridge.attachToContext(context);
            }

            String template = String.valueOf(request.get("template"));
            // Macros live in the engine: a template that could define one gets an engine of its own.
            boolean fresh = template.contains("macro") || template.contains("evaluate");
            RuntimeInstance engine = engine(gatewayContext != null, fresh);
            phase = "parse";
            SimpleNode tree = engine.parse(new StringReader(template), "template");
            InternalContextAdapterImpl adapter = new InternalContextAdapterImpl(context);
            adapter.pushCurrentTemplateName("template");
            phase = "init";
            tree.init(adapter, engine);
            phase = "render";
            StringWriter text = new BoundedWriter();
            try {
                tree.render(adapter, text);
            } catch (StopCommand stop) {
                if (!stop.isFor(engine)) {
                    throw stop;
                }
            }
            out.append(",\"ok\":true,\"output\":");
            json(out, text.toString());
            if (gatewayContext != null) {
                phase = "overrides";
                out.append(",\"overrides\":{\"requestOverride\":");
                json(out, gatewayContext.get("requestOverride"));
                out.append(",\"responseOverride\":");
                json(out, gatewayContext.get("responseOverride"));
                out.append('}');
            }
            return out.append('}').toString();
        } catch (Throwable e) {
            out.setLength(0);
            out.append("{\"id\":");
            json(out, current);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            boolean overrun = cause instanceof Overrun || cause instanceof OutOfMemoryError || phase.equals("overrides");
            out.append(",\"ok\":false,\"phase\":");
            json(out, overrun ? "oracle" : phase);
            out.append(",\"error\":");
            String message = e.getClass().getName() + ": " + e.getMessage();
            if (cause != e) {
                message += " [cause " + cause.getClass().getName() + "]";
            }
            json(out, message);
            return out.append('}').toString();
        }
    }

    /** The public methods of a class: [name, static, return type, parameter types...]. */
    private static void describe(StringBuilder out, String name) throws Exception {
        List<Object> rows = new ArrayList<>();
        for (java.lang.reflect.Method method : Class.forName(name).getMethods()) {
            List<Object> row = new ArrayList<>();
            row.add(method.getName());
            row.add(java.lang.reflect.Modifier.isStatic(method.getModifiers()));
            row.add(method.getReturnType().getTypeName());
            for (Class<?> parameter : method.getParameterTypes()) {
                row.add(parameter.getTypeName());
            }
            rows.add(row);
        }
        out.append(",\"ok\":true,\"methods\":");
        json(out, rows);
    }

    private static ContextMap gateway(VelocityContext context, Map<String, Object> gateway) {
        Map<String, Object> given = object(plain(gateway.get("params")));
        Map<String, Object> params = new LinkedHashMap<>();
        for (String kind : PARAM_KINDS) {
            Map<String, Object> group = object(given.get(kind));
            if (kind.equals("header")) {
                // Header names do not tell case apart; AWS lists them sorted that way.
                Map<String, Object> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                sorted.putAll(group);
                group = sorted;
            }
            params.put(kind, group);
        }
        Object body = gateway.get("body");
        ContextMap requestContext = (ContextMap) contextual(object(gateway.get("context")));
        Map<String, Object> request = child(requestContext, "requestOverride");
        for (String kind : new String[] {"path", "header", "querystring"}) {
            child(request, kind);
        }
        child(child(requestContext, "responseOverride"), "header");
        context.put("input", new Input(body == null ? null : body.toString(), params));
        context.put("util", new Util());
        context.put("context", requestContext);
        context.put("stageVariables", object(plain(gateway.get("stageVariables"))));
        return requestContext;
    }

    private static JSONParser requests() {
        return new JSONParser(JSONParser.MODE_RFC4627);
    }

    // ------------------------------------------------------------------ JSON out

    private static void json(StringBuilder out, Object value) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long
            || value instanceof Short || value instanceof Byte || value instanceof BigInteger) {
            out.append(value);
        } else if (value instanceof Map) {
            char separator = '{';
            for (Map.Entry<?, ?> e : ((Map<?, ?>) value).entrySet()) {
                out.append(separator);
                json(out, String.valueOf(e.getKey()));
                out.append(':');
                json(out, e.getValue());
                separator = ',';
            }
            out.append(separator == '{' ? "{}" : "}");
        } else if (value instanceof Collection) {
            char separator = '[';
            for (Object o : (Collection<?>) value) {
                out.append(separator);
                json(out, o);
                separator = ',';
            }
            out.append(separator == '[' ? "[]" : "]");
        } else if (value instanceof Number && !value.toString().matches(".*[NI].*")) {
            out.append(value);
        } else {
            out.append('"');
            String s = value.toString();
            for (int i = 0; i < s.length(); i++) {
                char c = s.charAt(i);
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (c < 0x20 || c > 0x7e) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
        }
    }

    // ------------------------------------------------------------------ the loop

    private static void serve(PrintStream real, long milliseconds) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
        String line;
        while ((line = in.readLine()) != null) {
            if (line.trim().isEmpty()) {
                continue;
            }
            deadline = System.currentTimeMillis() + milliseconds;
            String answer = answer(line);
            deadline = Long.MAX_VALUE;
            synchronized (OUTPUT) {
                real.print(answer);
                real.print('\n');
                if (!in.ready()) {
                    real.flush();
                }
            }
        }
        real.flush();
    }

    public static void main(String[] args) throws Exception {
        final PrintStream real = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false, "US-ASCII");
        System.setOut(System.err);
        final long milliseconds = args.length > 0 ? Long.parseLong(args[0]) : 10_000;
        final Throwable[] failure = new Throwable[1];
        Thread worker = new Thread(null, () -> {
            try {
                serve(real, milliseconds);
            } catch (Throwable e) {
                failure[0] = e;
            }
        }, "oracle", 16L << 20);
        Thread watchdog = new Thread(() -> watch(real), "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        worker.start();
        worker.join();
        if (failure[0] != null) {
            failure[0].printStackTrace();
            System.exit(1);
        }
    }
}
