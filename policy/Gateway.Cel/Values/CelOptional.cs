namespace Gateway.Cel.Values;

/// <summary>A value that may be absent.</summary>
internal sealed class CelOptional(CelValue value)
{
    public static CelValue None { get; } = CelValue.From(new CelOptional(default));

    public bool HasValue => value.Kind != CelKind.Unset;

    /// <summary>Unset where there is none.</summary>
    public CelValue Value => value;

    public static CelValue Of(in CelValue value) => CelValue.From(new CelOptional(value));
}
