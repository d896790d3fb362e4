package org.edgeplex.state.redis;

/// How busy a store's connection is: what shows back-pressure.
///
/// @param waiting requests that are not sent yet
/// @param inFlight commands that were sent and have no reply
/// @param throttledCount callers that had to wait before their request was taken, since the store
///   was opened
/// @param reconnectCount connections that were made after the first
public record RedisLoad(int waiting, int inFlight, long throttledCount, long reconnectCount) {}
