namespace Gateway.Cel.Checking;

/// <summary>The names that mean a type in an expression: <c>type(x) == int</c>.</summary>
internal static class TypeNames
{
    public static IReadOnlyDictionary<string, CelType> Table { get; } =
        new Dictionary<string, CelType>
        {
            ["bool"] = CelType.Bool,
            ["int"] = CelType.Int,
            ["uint"] = CelType.Uint,
            ["double"] = CelType.Double,
            ["string"] = CelType.String,
            ["bytes"] = CelType.Bytes,
            ["list"] = CelType.List(CelType.Dyn),
            ["map"] = CelType.Map(CelType.Dyn, CelType.Dyn),
            ["null_type"] = CelType.Null,
            ["type"] = CelType.TypeOf(CelType.Dyn),
            ["optional_type"] = CelType.Optional(CelType.Dyn),
            ["google.protobuf.Timestamp"] = CelType.Timestamp,
            ["google.protobuf.Duration"] = CelType.Duration,
            ["net.IP"] = CelType.Address,
            ["net.CIDR"] = CelType.Network,
        };
}
