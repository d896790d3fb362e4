/// A RAMCloud cluster for tests: the wire protocol and the semantics that clients can see, in one
/// JVM, with failures on command.
///
/// What it is: coordinators and masters on ports of the loopback; tables, tablets, versions that
/// never come again, reject rules, multi-operations with a status per item, enumeration tablet by
/// tablet, operations that are done once under a client's lease; masters that die and whose tablets
/// another has after a while, tablets that move and split, answers that are lost or late.
///
/// What it is not: a product. It keeps everything in the memory of this one process under one lock,
/// replicates nothing, and knows only the requests that our client sends.
@NullMarked
package org.edgeplex.state.ramcloud.server;

import org.jspecify.annotations.NullMarked;
