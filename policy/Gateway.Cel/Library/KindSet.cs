using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>The kinds that a parameter takes at run time, as bits.</summary>
internal readonly struct KindSet(uint bits)
{
    private static readonly KindSet Any = new(~(Bit(CelKind.Unset) | Bit(CelKind.Error)));

    public static KindSet Numbers => new(Bit(CelKind.Int) | Bit(CelKind.Uint) | Bit(CelKind.Double));

    public bool Has(CelKind kind) => (bits & Bit(kind)) != 0;

    public static KindSet FromType(CelType type) =>
        type.Kind switch
        {
            CelTypeKind.Dyn or CelTypeKind.Parameter => Any,
            CelTypeKind.List => new KindSet(Bit(CelKind.List)),
            CelTypeKind.Map => new KindSet(Bit(CelKind.Map)),
            CelTypeKind.Type => new KindSet(Bit(CelKind.Type)),
            CelTypeKind.Opaque => new KindSet(Bit(CelKind.Optional)),
            CelTypeKind.Scalar => new KindSet(Bit(KindOf(type))),
        };

    private static CelKind KindOf(CelType scalar) =>
        scalar.Name switch
        {
            "null_type" => CelKind.Null,
            "bool" => CelKind.Bool,
            "int" => CelKind.Int,
            "uint" => CelKind.Uint,
            "double" => CelKind.Double,
            "string" => CelKind.String,
            "bytes" => CelKind.Bytes,
            "google.protobuf.Timestamp" => CelKind.Timestamp,
            "google.protobuf.Duration" => CelKind.Duration,
            "net.IP" => CelKind.Address,
            "net.CIDR" => CelKind.Network,
            _ => CelKind.Unset,
        };

    private static uint Bit(CelKind kind) => 1u << (int)kind;
}
