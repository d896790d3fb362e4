/// Every table's layout: samples, damage, fixtures, fuzzing. The samples serve other tests too.
@NullMarked
package org.edgeplex.state.record;

import org.jspecify.annotations.NullMarked;
