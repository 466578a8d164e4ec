import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;

/**
 * Apache Velocity 1.7 on one workload in a fresh Java process; prints one line of JSON.
 *
 *   java VelocityBench FILE SECONDS       SECONDS 0: render once and stop
 */
public final class VelocityBench {

    public static final class Util {
        public String escapeJavaScript(Object text) {
            return StringEscapeUtils.escapeJavaScript(String.valueOf(text));
        }
    }

    /** As much JSON as the workloads use. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        private char next() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        private boolean more(char close) {
            if (next() == ',') {
                at++;
                return true;
            }
            if (next() == close) {
                at++;
                return false;
            }
            return true;
        }

        Object value() {
            char first = next();
            if (first == '{') {
                at++;
                Map<String, Object> map = new LinkedHashMap<>();
                while (more('}')) {
                    String name = string();
                    next();
                    at++;
                    map.put(name, value());
                }
                return map;
            }
            if (first == '[') {
                at++;
                List<Object> list = new ArrayList<>();
                while (more(']')) {
                    list.add(value());
                }
                return list;
            }
            if (first == '"') {
                return string();
            }
            int start = at;
            while (at < text.length() && "{}[],:\" \n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return Integer.valueOf(text.substring(start, at));
        }

        private String string() {
            next();
            StringBuilder out = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    c = text.charAt(++at);
                    int named = "nrtbf".indexOf(c);
                    if (c == 'u') {
                        c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                        at += 4;
                    } else if (named >= 0) {
                        c = "\n\r\t\b\f".charAt(named);
                    }
                }
                out.append(c);
            }
            at++;
            return out.toString();
        }
    }

    private interface Action {
        Object run() throws Exception;
    }

    private static int sink;

    private static double measure(Action action, double seconds, double warm) throws Exception {
        long start = System.nanoTime();
        int calls = 0;
        while (System.nanoTime() - start < warm * 1e9) {
            sink += action.run().hashCode();
            calls++;
        }
        int batch = (int) Math.max(1, 2e6 / ((System.nanoTime() - start) / (double) calls));
        List<Double> samples = new ArrayList<>();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < seconds * 1e9 || samples.size() < 3) {
            long one = System.nanoTime();
            for (int i = 0; i < batch; i++) {
                sink += System.identityHashCode(action.run());
            }
            samples.add((System.nanoTime() - one) / (double) batch / 1e6);
        }
        Double[] sorted = samples.toArray(new Double[0]);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static Template parse(RuntimeInstance runtime, String text) throws Exception {
        Template template = new Template();
        template.setRuntimeServices(runtime);
        template.setName("bench");
        template.setData(runtime.parse(new StringReader(text), "bench"));
        template.initDocument();
        return template;
    }

    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws Exception {
        String file = new String(Files.readAllBytes(Paths.get(arguments[0])), StandardCharsets.UTF_8);
        double seconds = Double.parseDouble(arguments[1]);
        Map<String, Object> work = (Map<String, Object>) new Json(file).value();
        RuntimeInstance runtime = new RuntimeInstance();
        runtime.setProperty(RuntimeConstants.RUNTIME_LOG_LOGSYSTEM_CLASS, "org.apache.velocity.runtime.log.NullLogChute");
        runtime.init();
        String text = (String) work.get("vtl");
        Map<String, Object> given = (Map<String, Object>) work.get("context");
        given.put("util", new Util());
        VelocityContext outer = new VelocityContext(given);
        Template template = parse(runtime, text);
        Action render = () -> {
            Writer writer = new StringWriter();
            template.merge(new VelocityContext(outer), writer);
            return writer.toString();
        };
        StringBuilder result = new StringBuilder("{\"output\": ").append(quoted((String) render.run()));
        if (seconds > 0) {
            result.append(", \"render\": ").append(measure(render, seconds, Math.max(seconds, 2)));
            result.append(", \"compile\": ").append(measure(() -> parse(runtime, text), seconds / 2, Math.max(seconds / 2, 1)));
        }
        System.out.println(result.append("}"));
    }
}
