package org.edgeplex.state;

/// Until when a record of a table counts, by its own fields. A record that has expired is absent to
/// every reader, whether or not it has been swept.
@FunctionalInterface
public interface Expiry<V> {
    long NEVER_MILLIS = Long.MAX_VALUE;

    /// Of a table whose records stay until they are removed.
    Expiry<Object> NEVER = _ -> NEVER_MILLIS;

    /// The first millisecond since 1970 at which the record counts no more, or [#NEVER_MILLIS].
    long expiresAtMillis(V value);
}
