package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Memory;

/// Finds the upper-layer header of an IPv6 packet behind its extension headers (RFC 8200, section
/// 4), as far as a router cares to look.
final class Ipv6Upper {
    /// What [#find] says of headers that do not end within the packet, or that are too many.
    static final int UNKNOWN = -1;

    private static final int EXTENSIONS_MAX = 8;
    private static final int EXTENSION_BYTES_MIN = 8;
    private static final int FRAGMENT_OFFSET_MASK = 0xfff8;

    private Ipv6Upper() {}

    /// Protocol and offset in one number; the offset is 0 in fragments but the first, whose header
    /// is elsewhere, and may be beyond the packet's end.
    static int find(long header, int length) {
        int next = Ipv6.nextHeader(header);
        int at = Ipv6.HEADER_BYTES;
        for (int depth = 0; depth < EXTENSIONS_MAX; depth++) {
            if (!isExtension(next)) {
                return at << 8 | next;
            }
            if (at + EXTENSION_BYTES_MIN > length) {
                return UNKNOWN;
            }
            long extension = header + at;
            int following = Memory.getByte(extension);
            int offset = Memory.getShortBig(extension + 2) & FRAGMENT_OFFSET_MASK;
            if (next == Ipv6.FRAGMENT && offset != 0) {
                return following;
            }
            at += extensionBytes(extension, next);
            next = following;
        }
        return UNKNOWN;
    }

    static int protocol(int found) {
        return found & 0xff;
    }

    static int offset(int found) {
        return found >>> 8;
    }

    private static boolean isExtension(int header) {
        return header == Ipv6.HOP_BY_HOP
                || header == Ipv6.ROUTING
                || header == Ipv6.FRAGMENT
                || header == Ipv6.AUTHENTICATION
                || header == Ipv6.DESTINATION_OPTIONS;
    }

    /// Its length counts 8 bytes beyond the first 8, or 4 beyond 8 (RFC 4302), or nothing.
    private static int extensionBytes(long extension, int header) {
        int length = Memory.getByte(extension + 1);
        return switch (header) {
            case Ipv6.FRAGMENT -> EXTENSION_BYTES_MIN;
            case Ipv6.AUTHENTICATION -> (length + 2) * 4;
            default -> (length + 1) * 8;
        };
    }
}
