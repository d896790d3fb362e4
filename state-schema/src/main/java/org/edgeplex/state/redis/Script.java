package org.edgeplex.state.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A script of the engine, which the server keeps under the hash of its text until it forgets it.
final class Script {
    static final Script WRITE = new Script("write.lua");
    static final Script REGISTER = new Script("register.lua");
    static final Script SCAN = new Script("scan.lua");

    private final byte[] text;
    private final byte[] evalByHash;

    private Script(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            text = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text);
            evalByHash =
                    bytesOf(new RespWriter().bulk("EVALSHA").bulk(HexFormat.of().formatHex(hash)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }

    private static byte[] bytesOf(RespWriter writer) {
        return Arrays.copyOf(writer.buffer(), writer.size());
    }

    byte[] text() {
        return text;
    }

    /// Begins a call with so many keys and arguments, which follow.
    ///
    /// @param whole with the text, so that the server knows it from now on
    RespWriter call(RespWriter out, boolean whole, int keys, int arguments) {
        out.array(3 + keys + arguments);
        if (whole) {
            out.bulk("EVAL").bulk(text);
        } else {
            out.raw(evalByHash);
        }
        return out.bulk(keys);
    }
}
