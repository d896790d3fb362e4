/// How fast our programs start, and what makes them start faster.
///
/// [StartBench] starts the real data plane again and again, with packets on its wire from before
/// the start on, and tells when the first of them came out. [Training] runs each program once while
/// the JVM records what it loads and how its methods behave (JEP 514, JEP 515); later starts use
/// the record.
@NullMarked
package org.edgeplex.lab.start;

import org.jspecify.annotations.NullMarked;
