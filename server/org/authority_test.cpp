#include "org/authority.h"
