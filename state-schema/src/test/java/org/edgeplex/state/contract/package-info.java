/// What every engine must keep: abstract suites, one subclass per engine. Other modules and other
/// engines extend them through the test jar.
@NullMarked
package org.edgeplex.state.contract;

import org.jspecify.annotations.NullMarked;
