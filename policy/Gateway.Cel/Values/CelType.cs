namespace Gateway.Cel.Values;

/// <summary>A type of the language. Immutable; compared with <see cref="IsSame"/>.</summary>
public sealed class CelType
{
    private const string OptionalName = "optional_type";

    private CelType(CelTypeKind kind, string name, params CelType[] parameters) => (Kind, Name, Parameters) = (kind, name, parameters);

    public static CelType Dyn { get; } = new(CelTypeKind.Dyn, "dyn");

    public static CelType Null { get; } = new(CelTypeKind.Scalar, "null_type");

    public static CelType Bool { get; } = new(CelTypeKind.Scalar, "bool");

    public static CelType Int { get; } = new(CelTypeKind.Scalar, "int");

    public static CelType Uint { get; } = new(CelTypeKind.Scalar, "uint");

    public static CelType Double { get; } = new(CelTypeKind.Scalar, "double");

    public static CelType String { get; } = new(CelTypeKind.Scalar, "string");

    public static CelType Bytes { get; } = new(CelTypeKind.Scalar, "bytes");

    public static CelType Timestamp { get; } = new(CelTypeKind.Scalar, "google.protobuf.Timestamp");

    public static CelType Duration { get; } = new(CelTypeKind.Scalar, "google.protobuf.Duration");

    public static CelType Address { get; } = new(CelTypeKind.Scalar, "net.IP");

    public static CelType Network { get; } = new(CelTypeKind.Scalar, "net.CIDR");

    internal CelTypeKind Kind { get; }

    internal string Name { get; }

    internal IReadOnlyList<CelType> Parameters { get; }

    internal bool IsOptional => Kind == CelTypeKind.Opaque && Name == OptionalName;

    public static CelType List(CelType element) => new(CelTypeKind.List, "list", element);

    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", key, value);

    public static CelType Optional(CelType value) => Opaque(OptionalName, value);

    internal static CelType TypeOf(CelType type) => new(CelTypeKind.Type, "type", type);

    internal static CelType Opaque(string name, params CelType[] parameters) => new(CelTypeKind.Opaque, name, parameters);

    internal static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    /// <summary>The type of a value as far as the value shows it: what a list or map holds isn't looked at.</summary>
    internal static CelType Of(in CelValue value) =>
        value.Kind switch
        {
            CelKind.Null => Null,
            CelKind.Bool => Bool,
            CelKind.Int => Int,
            CelKind.Uint => Uint,
            CelKind.Double => Double,
            CelKind.String => String,
            CelKind.Bytes => Bytes,
            CelKind.Timestamp => Timestamp,
            CelKind.Duration => Duration,
            CelKind.List => List(Dyn),
            CelKind.Map => Map(Dyn, Dyn),
            CelKind.Type => TypeOf(value.AsType),
            CelKind.Optional => Optional(Dyn),
            CelKind.Address => Address,
            CelKind.Network => Network,
            CelKind.Unset or CelKind.Error => Dyn,
        };

    public bool IsSame(CelType other) =>
        Kind == other.Kind
        && HasSameName(other)
        && Parameters.Count == other.Parameters.Count
        && Parameters.Zip(other.Parameters).All(pair => pair.First.IsSame(pair.Second));

    /// <summary>At run time a type is its name: <c>list(int)</c> and <c>list(string)</c> are both <c>list</c>.</summary>
    internal bool HasSameName(CelType other) => Name == other.Name;

    public override string ToString() =>
        Kind switch
        {
            CelTypeKind.List or CelTypeKind.Map or CelTypeKind.Type or CelTypeKind.Opaque when Parameters.Count > 0 =>
                $"{(IsOptional ? "optional" : Name)}({string.Join(", ", Parameters)})",
            CelTypeKind.Scalar => ShortName,
            _ => Name,
        };

    private string ShortName =>
        Name switch
        {
            "google.protobuf.Timestamp" => "timestamp",
            "google.protobuf.Duration" => "duration",
            "net.IP" => "ip",
            "net.CIDR" => "cidr",
            "null_type" => "null",
            _ => Name,
        };
}

/// <summary>The families of types.</summary>
internal enum CelTypeKind
{
    /// <summary>Anything; checked when the expression runs.</summary>
    Dyn,
    Scalar,
    List,
    Map,
    Type,

    /// <summary>A named type with parameters, such as an optional.</summary>
    Opaque,

    /// <summary>A type that is yet to be found out.</summary>
    Parameter,
}

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
