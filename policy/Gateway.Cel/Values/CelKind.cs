namespace Gateway.Cel.Values;

/// <summary>What a value is at run time. The zero value is no value at all: reading it is an error.</summary>
public enum CelKind : byte
{
    /// <summary>Nothing was bound here.</summary>
    Unset,

    /// <summary>An evaluation went wrong; the value carries a <see cref="CelFault"/>.</summary>
    Error,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,
    Type,
    Optional,
    Address,
    Network,
}
