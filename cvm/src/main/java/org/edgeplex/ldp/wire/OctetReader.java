package org.edgeplex.ldp.wire;

import java.util.Arrays;
import org.edgeplex.net.Ipv4Address;

/// Reads big-endian fields from a bounded range; running out of bytes is a refusal, never a fault.
final class OctetReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    OctetReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    int remaining() {
        return end - position;
    }

    boolean isEmpty() {
        return position == end;
    }

    int u8() throws Refusal {
        require(1);
        return bytes[position++] & 0xff;
    }

    int u16() throws Refusal {
        return u8() << 8 | u8();
    }

    int u32() throws Refusal {
        return u16() << 16 | u16();
    }

    Ipv4Address address() throws Refusal {
        return new Ipv4Address(u32());
    }

    byte[] bytes(int count) throws Refusal {
        require(count);
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    /// A reader of the next bytes only; this one goes on behind them. The caller has checked that
    /// they exist, because the answer to a length that overruns depends on what is being read.
    OctetReader slice(int count) {
        if (count > remaining()) {
            throw new IllegalStateException("length was not checked: " + count);
        }
        position += count;
        return new OctetReader(bytes, position - count, position);
    }

    private void require(int count) throws Refusal {
        if (count > remaining()) {
            throw new Refusal(
                    StatusCode.MALFORMED_TLV_VALUE,
                    "needs " + count + " bytes, has " + remaining());
        }
    }
}
