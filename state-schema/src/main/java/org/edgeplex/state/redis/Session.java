package org.edgeplex.state.redis;

import java.util.List;

/// What the server knows of a client that has just registered.
///
/// @param generation counts the client's registrations
/// @param lastNumber the last request that was done
/// @param answers what the script answered to the last requests, by number modulo
///   [Batches#UNDER_WAY_MAX]; null where there was none
/// @param replicas how many replicas have confirmed all that was done before
record Session(long generation, long lastNumber, List<Reply> answers, long replicas) {}
