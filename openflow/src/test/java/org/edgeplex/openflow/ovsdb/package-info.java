/// Tests of the OVSDB adapter: against scripted servers, and against the real ovsdb-server.
@NullMarked
package org.edgeplex.openflow.ovsdb;

import org.jspecify.annotations.NullMarked;
