package org.edgeplex.controller.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/// The secret that callers of the API show: 256 random bits in a file that only its owner reads.
///
/// Made at the first start, kept at every other. Never logged: [#toString] does not tell it.
public final class ApiToken {
    private static final int BYTES = 32;

    /// What fits into a header.
    private static final Pattern TOKEN = Pattern.compile("[!-~]{32,}");

    private final byte[] secret;

    private ApiToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    public static ApiToken readOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        String secret = text(file);
        if (!TOKEN.matcher(secret).matches()) {
            throw new IOException(file + " holds no token; remove it to have a new one made");
        }
        return new ApiToken(secret);
    }

    /// What the file holds, for a client.
    ///
    /// @throws IOException also if that is no token; what it is instead is not told
    public static String read(Path file) throws IOException {
        String secret = text(file);
        if (!TOKEN.matcher(secret).matches()) {
            throw new IOException(file + " holds no token");
        }
        return secret;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    }

    /// Whether the caller knows the secret; takes as long for any guess.
    boolean matches(String offered) {
        return MessageDigest.isEqual(secret, offered.getBytes(StandardCharsets.UTF_8));
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        // Complete and private before it has its name: a crash leaves no half token.
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                fresh,
                text.getBytes(StandardCharsets.US_ASCII),
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.SYNC)
                        .toArray(StandardOpenOption[]::new));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return "ApiToken[...]";
    }
}
