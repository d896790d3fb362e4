package org.edgeplex.state.ramcloud.capi;

/// `MultiOp` of `CRamCloud.h`: the kinds of operations of which many go at once. Increments do too,
/// but not exactly once: they are not used here.
enum MultiOp {
    READ(1),
    WRITE(2),
    REMOVE(3);

    final int code;

    MultiOp(int code) {
        this.code = code;
    }
}
