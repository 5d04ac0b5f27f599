using System.Runtime.CompilerServices;
using Gateway.Policy.Cel.Values;

namespace Gateway.Policy.Cel.Compilation;

/// <summary>Room for a call's arguments on the stack. No function has more.</summary>
[InlineArray(Max)]
internal struct Arguments
{
    public const int Max = 4;

    private CelValue _first;
}
