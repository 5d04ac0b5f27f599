using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Evaluation;

/// <summary>
/// What a condition gave. The zero value is an error: neither does an allowing rule apply, nor does a restricting one stay away.
/// </summary>
public enum CelTruth
{
    Error,
    False,
    True,
}

/// <summary>What an evaluation gave: a value, or an error and its place. The default is neither, and counts as an error.</summary>
public readonly record struct CelResult(CelValue Value, CelError? Error)
{
    public bool IsSuccess => Error is null && !Value.IsError;

    /// <summary>True only for the value <c>true</c>: an error, or any other value, holds nothing.</summary>
    public bool IsTrue => IsSuccess && Value is { Kind: CelKind.Bool, AsBool: true };
}
