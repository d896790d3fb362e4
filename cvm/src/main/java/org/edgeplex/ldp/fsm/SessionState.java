package org.edgeplex.ldp.fsm;

/// States of RFC 5036, section 2.5.4.
public enum SessionState {
    NON_EXISTENT,
    INITIALIZED,
    OPEN_SENT,
    OPEN_REC,
    OPERATIONAL
}
