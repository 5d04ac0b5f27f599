using Gateway.Cel.Text;

namespace Gateway.Cel.Values;

/// <summary>
/// One value of the language, 24 bytes, without boxing of scalars. Immutable. Its default is <see cref="CelKind.Unset"/>: no value.
/// <see cref="ToString"/> shows the kind only, because values come from requests; <see cref="ValueText"/> shows them on purpose.
/// </summary>
public readonly struct CelValue
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _nanos;

    private CelValue(CelKind kind, long bits, object? reference = null, int nanos = 0)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
        _nanos = nanos;
    }

    public CelKind Kind { get; }

    public static CelValue Null => new(CelKind.Null, 0);

    public static CelValue True => new(CelKind.Bool, 1);

    public static CelValue False => new(CelKind.Bool, 0);

    public bool IsError => Kind <= CelKind.Error;

    public static CelValue From(bool value) => new(CelKind.Bool, value ? 1 : 0);

    public static CelValue From(long value) => new(CelKind.Int, value);

    public static CelValue From(ulong value) => new(CelKind.Uint, (long)value);

    public static CelValue From(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static CelValue From(string value) => new(CelKind.String, 0, value);

    public static CelValue From(byte[] value) => new(CelKind.Bytes, 0, value);

    public static CelValue From(CelList value) => new(CelKind.List, 0, value);

    public static CelValue From(CelMap value) => new(CelKind.Map, 0, value);

    public static CelValue From(CelAddress value) => new(CelKind.Address, 0, value);

    public static CelValue From(CelNetwork value) => new(CelKind.Network, 0, value);

    public static CelValue From(CelTimestamp value) => new(CelKind.Timestamp, value.Seconds, null, value.Nanos);

    public static CelValue From(CelDuration value) => new(CelKind.Duration, value.Nanos);

    /// <summary>A list of texts, such as an agent's groups.</summary>
    public static CelValue From(IEnumerable<string> values) => From(new ArrayList([.. values.Select(From)]));

    internal static CelValue From(CelType value) => new(CelKind.Type, 0, value);

    internal static CelValue From(CelOptional value) => new(CelKind.Optional, 0, value);

    internal static CelValue From(CelFault fault) => new(CelKind.Error, 0, fault);

    internal static CelValue Fail(string message) => From(new CelFault(message));

    public bool AsBool => _bits != 0;

    public long AsInt => _bits;

    public ulong AsUint => (ulong)_bits;

    public double AsDouble => BitConverter.Int64BitsToDouble(_bits);

    public CelTimestamp AsTimestamp => new(_bits, _nanos);

    public CelDuration AsDuration => new(_bits);

    /// <summary>
    /// The accessors of reference kinds throw <see cref="InvalidCastException"/> for any other kind: look at <see cref="Kind"/> first.
    /// </summary>
    public string AsString => (string)_reference!;

    public byte[] AsBytes => (byte[])_reference!;

    public CelList AsList => (CelList)_reference!;

    public CelMap AsMap => (CelMap)_reference!;

    public CelAddress AsAddress => (CelAddress)_reference!;

    public CelNetwork AsNetwork => (CelNetwork)_reference!;

    /// <summary>Never null for an error; for <see cref="CelKind.Unset"/> it says that nothing is bound.</summary>
    public CelFault AsFault => _reference as CelFault ?? new CelFault("nothing is bound here");

    internal CelType AsType => (CelType)_reference!;

    internal CelOptional AsOptional => (CelOptional)_reference!;

    /// <summary>An error without a place gets this one; anything else stays as it is.</summary>
    internal CelValue At(TextRange range) => IsError && AsFault is { Range: null } fault ? From(fault with { Range = range }) : this;

    public override string ToString() => Kind.ToString();
}

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

/// <summary>
/// Why an evaluation has no value. Never holds data of the request: only words of the language and of the expression itself.
/// </summary>
/// <param name="Message">What is wrong, in a sentence without a full stop.</param>
/// <param name="Range">Where in the expression; null while it isn't known.</param>
public sealed record CelFault(string Message, TextRange? Range = null)
{
    /// <summary>The same for every function that has no overload for what it was given, as the language definition names it.</summary>
    internal static CelFault NoOverload(string function) => new($"no overload of '{function}' takes these types");
}

/// <summary>A value that may be absent.</summary>
internal sealed class CelOptional(CelValue value)
{
    public static CelValue None { get; } = CelValue.From(new CelOptional(default));

    public bool HasValue => value.Kind != CelKind.Unset;

    /// <summary>Unset where there is none.</summary>
    public CelValue Value => value;

    public static CelValue Of(in CelValue value) => CelValue.From(new CelOptional(value));
}
