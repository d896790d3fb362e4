package org.edgeplex.ldp.wire;

/// Code points of <https://www.iana.org/assignments/ldp-namespaces> that we speak.
public final class IanaLdp {
    /// UDP for hellos, TCP for sessions (RFC 5036, section 2.4.1 and 2.5.2).
    public static final int PORT = 646;

    public static final int PROTOCOL_VERSION = 1;

    // Message types, RFC 5036, section 3.7.
    public static final int NOTIFICATION = 0x0001;
    public static final int HELLO = 0x0100;
    public static final int INITIALIZATION = 0x0200;
    public static final int KEEP_ALIVE = 0x0201;
    public static final int ADDRESS = 0x0300;
    public static final int ADDRESS_WITHDRAW = 0x0301;
    public static final int LABEL_MAPPING = 0x0400;
    public static final int LABEL_REQUEST = 0x0401;
    public static final int LABEL_WITHDRAW = 0x0402;
    public static final int LABEL_RELEASE = 0x0403;
    public static final int LABEL_ABORT_REQUEST = 0x0404;

    // TLV types, RFC 5036, section 3.8.
    static final int TLV_FEC = 0x0100;
    static final int TLV_ADDRESS_LIST = 0x0101;
    static final int TLV_HOP_COUNT = 0x0103;
    static final int TLV_PATH_VECTOR = 0x0104;
    static final int TLV_GENERIC_LABEL = 0x0200;
    static final int TLV_STATUS = 0x0300;
    static final int TLV_EXTENDED_STATUS = 0x0301;
    static final int TLV_RETURNED_PDU = 0x0302;
    static final int TLV_RETURNED_MESSAGE = 0x0303;
    static final int TLV_COMMON_HELLO_PARAMETERS = 0x0400;
    static final int TLV_IPV4_TRANSPORT_ADDRESS = 0x0401;
    static final int TLV_CONFIGURATION_SEQUENCE_NUMBER = 0x0402;
    static final int TLV_COMMON_SESSION_PARAMETERS = 0x0500;
    static final int TLV_LABEL_REQUEST_MESSAGE_ID = 0x0600;

    /// RFC 5918, section 4.
    static final int TLV_TYPED_WILDCARD_CAPABILITY = 0x050b;

    // FEC element types.
    static final int FEC_WILDCARD = 0x01;
    static final int FEC_PREFIX = 0x02;

    /// RFC 5918, section 3.
    static final int FEC_TYPED_WILDCARD = 0x05;

    // Address families, <https://www.iana.org/assignments/address-family-numbers>.
    static final int AFI_IPV4 = 1;

    private IanaLdp() {}
}
