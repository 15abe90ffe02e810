// Verifies signatures (Standard Webhooks 1.0.0) with Java 17 and nothing else. Copy all above `The rest`.
//
// Java by itself reads base64 without its padding, and parseLong reads +1 and 01: each line marked `trap:` closes something.
// README.md says what.
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Signature {
    /** Returns id and timestamp, for the body as it was received. Remember the id for twice the tolerance. */
    static String[] verify(List<String> secrets, List<String[]> headers, byte[] body, long now, long tolerance)
        throws GeneralSecurityException {
        List<String> ids = values(headers, "webhook-id"), timestamps = values(headers, "webhook-timestamp");
        List<String> signatures = values(headers, "webhook-signature");
        check(!ids.isEmpty() && !timestamps.isEmpty() && !signatures.isEmpty());
        check(ids.size() == 1 && timestamps.size() == 1 && signatures.size() == 1); // trap: headers
        String id = ids.get(ids.size() - 1), timestamp = timestamps.get(timestamps.size() - 1);
        check(id.matches("[!-\\-/-~]{1,128}")); // trap: id
        check(timestamp.matches("0|[1-9][0-9]{0,17}")); // trap: timestamp
        String[] received = signatures.get(signatures.size() - 1).split(" ", -1);
        check(received.length <= 16); // trap: many
        check(holds(secrets, id + "." + timestamp + ".", body, received)); // trap: signature
        check(Math.abs(now - Long.parseLong(timestamp)) <= tolerance); // trap: time
        return new String[] {id, timestamp};
    }

    private static boolean holds(List<String> secrets, String start, byte[] body, String[] received)
        throws GeneralSecurityException {
        boolean holds = false;
        for (String secret : secrets)
            for (String signature : received) holds |= MessageDigest.isEqual(sign(secret, start, body), utf8(signature));
        return holds;
    }

    private static byte[] sign(String secret, String start, byte[] body) throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        String spelling = "whsec_" + Base64.getEncoder().encodeToString(key);
        check(secret.equals(spelling) && key.length >= 24 && key.length <= 64); // trap: secret
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(utf8(start));
        return utf8("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
    }

    private static List<String> values(List<String[]> headers, String name) {
        List<String> values = new ArrayList<>();
        for (String[] header : headers) if (header[0].equalsIgnoreCase(name)) values.add(header[1]);
        return values;
    }

    private static void check(boolean holds) throws GeneralSecurityException {
        if (!holds) throw new GeneralSecurityException("refused"); // one answer for all failures
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // The rest is for scripts/sealed: see scripts/sealed/signature_jobs.py for the line in; `ok ID TIMESTAMP` or `refused` out.
    public static void main(String[] arguments) throws IOException {
        for (String line : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            String[] part = line.split("\t", -1);
            int count = Integer.parseInt(part[3]);
            List<String> secrets = Arrays.stream(part, 4, 4 + count).map(Signature::decoded).toList();
            List<String[]> headers = new ArrayList<>();
            for (int at = 4 + count; at < part.length; at += 2)
                headers.add(new String[] {decoded(part[at]), decoded(part[at + 1])});
            byte[] body = Base64.getDecoder().decode(part[2]);
            try {
                String[] verified = verify(secrets, headers, body, Long.parseLong(part[0]), Long.parseLong(part[1]));
                System.out.println("ok " + String.join(" ", verified));
            } catch (GeneralSecurityException | IllegalArgumentException refused) {
                System.out.println("refused");
            }
        }
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
