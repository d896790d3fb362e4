package org.edgeplex.openflow;

/// The 64-bit cookies that mark flows as ours: `0xED6E`, then the attachment's number in 48 bits;
/// number 0 for flows of the PE itself.
public final class Cookies {
    public static final int PREFIX = 0xED6E;

    private static final int NUMBER_BITS = 48;
    private static final long NUMBER_MAX = (1L << NUMBER_BITS) - 1;

    private Cookies() {}

    public static boolean isOurs(long cookie) {
        return cookie >>> NUMBER_BITS == PREFIX;
    }

    public static long ofAttachment(long attachmentNumber) {
        if (attachmentNumber < 1 || attachmentNumber > NUMBER_MAX) {
            throw new IllegalArgumentException(
                    "attachment number out of range 1.." + NUMBER_MAX + ": " + attachmentNumber);
        }
        return ofProviderEdge() | attachmentNumber;
    }

    public static long ofProviderEdge() {
        return (long) PREFIX << NUMBER_BITS;
    }

    /// The attachment's number, 0 for a flow of the PE itself. Of our cookies only.
    public static long attachmentNumber(long cookie) {
        if (!isOurs(cookie)) {
            throw new IllegalArgumentException("not our cookie: " + Long.toHexString(cookie));
        }
        return cookie & NUMBER_MAX;
    }
}
