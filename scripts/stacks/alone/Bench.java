import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Java's receiver in a loop. It answers its case; then the nanoseconds of one body, without the JSON parser, which is the user's. */
final class Bench {
    public static void main(String[] arguments) throws Exception {
        byte[] input = System.in.readAllBytes();
        System.setIn(new ByteArrayInputStream(input));
        Receiver.main(arguments);
        String[] field = new String(input, StandardCharsets.UTF_8).strip().split("\t", 6);
        Map<String, Object> body = new TreeMap<>();
        for (MatchResult member : Pattern.compile("\"(\\w+)\":\"([^\"]*)\"").matcher(field[5]).results().toList()) {
            body.put(member.group(1), member.group(2));
        }
        List<String> names = List.of(field[4].split(","));
        int times = 100000;
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            Receiver.openBody(field[1], field[2], field[3], body, names);
        }
        System.out.println((System.nanoTime() - start) / times);
    }
}
