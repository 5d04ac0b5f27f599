using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Fields of maps, selected by name. A field of an optional is an optional.</summary>
internal static class Fields
{
    private static readonly CelValue NoFields = CelValue.Fail("a field is selected from a value that is no map");

    public static CelValue Select(in CelValue operand, string field) =>
        operand.Kind switch
        {
            CelKind.Map => operand.AsMap.TryGet(field, out var value) ? value : Failures.NoSuchKey,
            CelKind.Optional => SelectOptional(operand, field),
            CelKind.Error or CelKind.Unset => operand,
            _ => NoFields,
        };

    public static CelValue SelectOptional(in CelValue operand, string field) =>
        operand.Kind switch
        {
            CelKind.Map => !operand.AsMap.TryGet(field, out var value) ? CelOptional.None
            : value.IsError ? value
            : CelOptional.Of(value),
            CelKind.Optional => operand.AsOptional.HasValue ? SelectOptional(operand.AsOptional.Value, field) : operand,
            CelKind.Error or CelKind.Unset => operand,
            _ => NoFields,
        };

    public static CelValue Test(in CelValue operand, string field) =>
        operand.Kind switch
        {
            CelKind.Map => CelValue.From(operand.AsMap.TryGet(field, out _)),
            CelKind.Optional => operand.AsOptional.HasValue ? Test(operand.AsOptional.Value, field) : CelValue.False,
            CelKind.Error or CelKind.Unset => operand,
            _ => NoFields,
        };
}
