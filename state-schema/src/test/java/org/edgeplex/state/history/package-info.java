/// The checker of histories against histories whose verdict is known.
@NullMarked
package org.edgeplex.state.history;

import org.jspecify.annotations.NullMarked;
