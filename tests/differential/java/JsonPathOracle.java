import java.io.*;
import java.lang.reflect.*;
import java.math.*;
import java.nio.charset.StandardCharsets;
import java.util.*;

/** Jayway behind a pipe: lines "path-hex TAB document-hex" in, one JSON object a line out. The argument is the package prefix. */
public class JsonPathOracle {
    static StringBuilder out;
    public static void main(String[] args) throws Exception {
        String prefix = args.length > 0 ? args[0] : "";
        Class<?> jsonPath = Class.forName(prefix + "com.jayway.jsonpath.JsonPath");
        Class<?> predicate = Class.forName(prefix + "com.jayway.jsonpath.Predicate");
        Class<?> configuration = Class.forName(prefix + "com.jayway.jsonpath.Configuration");
        Class<?> providerType = Class.forName(prefix + "com.jayway.jsonpath.spi.json.JsonProvider");
        Object config = configuration.getMethod("defaultConfiguration").invoke(null);
        Class<?> smart = Class.forName(prefix + "com.jayway.jsonpath.spi.json.JsonSmartJsonProvider");
        Object provider = smart.getConstructor().newInstance();
        config = configuration.getMethod("jsonProvider", providerType).invoke(config, provider);
        Method parse = providerType.getMethod("parse", String.class);
        Method toJson = providerType.getMethod("toJson", Object.class);
        Constructor<?> create = null;
        for (Constructor<?> c : jsonPath.getDeclaredConstructors()) if (c.getParameterCount() == 2) create = c;
        create.setAccessible(true);
        Method read = jsonPath.getMethod("read", Object.class, configuration);
        Method definite = jsonPath.getMethod("isDefinite");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintStream answer = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, "UTF-8");
        String line;
        while ((line = in.readLine()) != null) {
            String[] parts = line.split("\t", -1);
            out = new StringBuilder();
            Boolean isDefinite = null;
            try {
                Object path = create.newInstance(text(parts[0]), Array.newInstance(predicate, 0));
                isDefinite = (Boolean) definite.invoke(path);
                Object document = parse.invoke(provider, text(parts[1]));
                path = create.newInstance(text(parts[0]), Array.newInstance(predicate, 0));
                Object value = read.invoke(path, document, config);
                out.append("{\"ok\":true,\"definite\":").append(isDefinite).append(",\"value\":");
                value(value);
                out.append(",\"java\":");
                quote(value == null ? "null" : value.getClass().getSimpleName());
                out.append(",\"text\":");
                quote(String.valueOf(value));
                if (value instanceof Map || value instanceof List) { out.append(",\"json\":"); quote((String) toJson.invoke(provider, value)); }
                out.append(",\"after\":");
                value(document);
                out.append("}");
            } catch (Throwable problem) {
                while (problem instanceof InvocationTargetException) problem = problem.getCause();
                out = new StringBuilder("{\"ok\":false,\"error\":");
                quote(problem.getClass().getSimpleName());
                out.append(",\"message\":");
                quote(String.valueOf(problem.getMessage()));
                out.append(",\"definite\":").append(isDefinite).append("}");
            }
            answer.println(out);
            answer.flush();
        }
    }
    static String text(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        return new String(bytes, StandardCharsets.UTF_16BE);
    }
    static void value(Object v) {
        if (v instanceof Map) {
            out.append('{'); String sep = "";
            for (Map.Entry<?, ?> e : ((Map<?, ?>) v).entrySet()) { out.append(sep); quote(String.valueOf(e.getKey())); out.append(':'); value(e.getValue()); sep = ","; }
            out.append('}');
        } else if (v instanceof Collection) {
            out.append('['); String sep = "";
            for (Object o : (Collection<?>) v) { out.append(sep); value(o); sep = ","; }
            out.append(']');
        } else if (v == null || v instanceof Boolean) out.append(v);
        else if (v instanceof Float || v instanceof Double) {
            double d = ((Number) v).doubleValue();
            if (Double.isNaN(d) || Double.isInfinite(d)) { out.append("{\"$double\":"); quote(String.valueOf(d)); out.append("}"); }
            else out.append(v);
        } else if (v instanceof BigDecimal) { String s = v.toString(); out.append(s.contains(".") || s.contains("E") ? s : s + ".0"); }
        else if (v instanceof Number) out.append(v);
        else quote(String.valueOf(v));
    }
    static void quote(String s) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < 32 || c > 126) out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        out.append('"');
    }
}
