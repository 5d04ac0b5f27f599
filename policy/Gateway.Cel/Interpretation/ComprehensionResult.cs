using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Interpretation;

/// <summary>What a macro has come to after some of its elements. Not reusable.</summary>
internal sealed class ComprehensionResult(CelActivation frame, ComprehensionKind kind)
{
    private readonly List<CelValue> _items = [];
    private readonly MapBuilder _entries = new();
    private CelValue _error;
    private int _hits;

    /// <summary>A value where the result is certain.</summary>
    /// <param name="key">Of the element; only a map's result has it.</param>
    /// <param name="value">What the body gave for it.</param>
    public CelValue? Add(in CelValue key, in CelValue value) =>
        kind switch
        {
            ComprehensionKind.All => Quantify(value, decisive: false),
            ComprehensionKind.Exists => Quantify(value, decisive: true),
            ComprehensionKind.ExistsOne => Count(value),
            ComprehensionKind.List => Collect(value),
            ComprehensionKind.Map => ErrorOf(_entries.Add(key, value)),
            ComprehensionKind.MapEntries => ErrorOf(_entries.AddAll(frame, value)),
        };

    private CelValue? Quantify(in CelValue value, bool decisive)
    {
        _error = value.IsError && _error.Kind != CelKind.Error ? value : _error;
        return !value.IsError && value.AsBool == decisive ? value : null;
    }

    private CelValue? Count(in CelValue value)
    {
        _hits += !value.IsError && value.AsBool ? 1 : 0;
        return value.IsError ? value : null;
    }

    private CelValue? Collect(in CelValue value)
    {
        _items.Add(value);
        return value.IsError ? value : null;
    }

    private static CelValue? ErrorOf(in CelValue value) => value.Kind == CelKind.Error ? value : null;

    /// <summary>The value when every element was seen.</summary>
    public CelValue Build() =>
        kind switch
        {
            ComprehensionKind.All => _error.Kind == CelKind.Error ? _error : CelValue.True,
            ComprehensionKind.Exists => _error.Kind == CelKind.Error ? _error : CelValue.False,
            ComprehensionKind.ExistsOne => CelValue.From(_hits == 1),
            ComprehensionKind.List => CelValue.From(new ArrayList([.. _items])),
            ComprehensionKind.Map or ComprehensionKind.MapEntries => _entries.Build(),
        };
}
