namespace Gateway.Cel.Checking;

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
