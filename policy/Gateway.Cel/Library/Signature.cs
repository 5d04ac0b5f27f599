using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>
/// What a function is called, takes and gives, read from its text: <c>size(list(A)) -> int</c>; with what stands before the point in
/// brackets, <c>(string).startsWith(string) -> bool</c>. One capital letter is a type parameter.
/// </summary>
internal sealed class Signature
{
    private readonly string _text;
    private int _at;

    private Signature(string text)
    {
        _text = text;
        var parameters = new List<CelType>();
        IsMember = TryTake('(');
        if (IsMember)
        {
            parameters.Add(ReadType());
            Take(")");
            Take(".");
        }

        Function = Take(text.IndexOf('(', _at) - _at);
        Take("(");
        while (!TryTake(')'))
        {
            parameters.Add(ReadType());
            TryTake(',');
        }

        Take("->");
        (Parameters, Result) = (parameters, ReadType());
    }

    public string Function { get; }

    public bool IsMember { get; }

    /// <summary>Of a member, what stands before the point is the first.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    public CelType Result { get; }

    /// <exception cref="FormatException">The text is no signature. Signatures are written by programmers, not read from data.</exception>
    public static Signature Parse(string text) => new(text);

    public override string ToString() => _text;

    private CelType ReadType()
    {
        SkipSpace();
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.'))
        {
            _at++;
        }

        var name = _text[start.._at];
        var inner = new List<CelType>();
        if (TryTake('('))
        {
            while (!TryTake(')'))
            {
                inner.Add(ReadType());
                TryTake(',');
            }
        }

        return Named(name, inner);
    }

    private CelType Named(string name, List<CelType> inner) =>
        (name, inner) switch
        {
            ("dyn", []) => CelType.Dyn,
            ("null", []) => CelType.Null,
            ("timestamp", []) => CelType.Timestamp,
            ("duration", []) => CelType.Duration,
            ("ip", []) => CelType.Address,
            ("cidr", []) => CelType.Network,
            ("list", [var element]) => CelType.List(element),
            ("map", [var key, var value]) => CelType.Map(key, value),
            ("type", [var of]) => CelType.TypeOf(of),
            ("optional", [var of]) => CelType.Optional(of),
            ([var letter], []) when char.IsAsciiLetterUpper(letter) => CelType.Parameter(name),
            (_, []) when TypeNames.Table.TryGetValue(name, out var type) => type,
            (_, [_, ..]) => CelType.Opaque(name, [.. inner]),
            _ => throw new FormatException($"'{name}' in the signature '{_text}' is no type."),
        };

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }

    private bool TryTake(char c)
    {
        SkipSpace();
        var found = _at < _text.Length && _text[_at] == c;
        _at += found ? 1 : 0;
        return found;
    }

    private string Take(int length) =>
        length > 0 ? _text[_at..(_at += length)] : throw new FormatException($"The signature '{_text}' names no function.");

    private void Take(string expected)
    {
        SkipSpace();
        if (string.CompareOrdinal(_text, _at, expected, 0, expected.Length) != 0)
        {
            throw new FormatException($"The signature '{_text}' lacks '{expected}' at {_at}.");
        }

        _at += expected.Length;
    }
}
