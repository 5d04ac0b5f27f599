using System.Runtime.CompilerServices;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>Room for a call's arguments on the stack. No function has more.</summary>
[InlineArray(Max)]
internal struct Arguments
{
    public const int Max = 4;

    private CelValue _first;
}
