using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Mcp.Schemas.Patterns;
using Gateway.Connectors.Mcp.Schemas.Values;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>
/// One validation: the value, what it may still cost, what was marked and what failed. Holds pooled memory until disposed. Never copy
/// one. Once its steps are spent everything fails at once, and the answer must not be taken for one.
/// </summary>
internal ref struct SchemaWalk(JsonView instance, JsonView schema, long steps, bool hasDynamicScope)
{
    /// <value>Says that nobody asks which members or items were looked at.</value>
    public const int NoMarks = -1;

    /// <value>Schemas applied inside each other: into the value and in place. What is deeper is refused.</value>
    private const int MaxDepth = 768;

    private const int MaxShown = 256; // Characters.

    public readonly JsonView Instance = instance;
    private readonly JsonView _schema = schema;
    private long _steps = steps;
    private int _depth;
    private int _quiet;
    private MarkStack _marks;
    private int[]? _scope = hasDynamicScope ? ArrayPool<int>.Shared.Rent(MaxDepth) : null; // Resources, the outermost first.
    private int _scopeDepth;
    private List<SchemaFailure>? _failures;

    public readonly long Steps => _steps;

    public readonly bool IsSpent => _steps < 0;

    /// <value>Whether one more failure would tell nothing.</value>
    public readonly bool IsDone => _quiet > 0 || _steps < 0 || _failures is { Count: >= ArgumentSchema.MaxFailures };

    public readonly IReadOnlyList<SchemaFailure> Failures => _failures ?? [];

    public void Spend(long count) => _steps -= count;

    /// <param name="outer">Where to mark what the schema looked at, if the value fits it; or <see cref="NoMarks"/>.</param>
    public bool Fits(SchemaNode node, int at, int outer)
    {
        _steps--;
        if (_steps < 0 || _depth == MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _steps = -1;
            return false;
        }

        _depth++;
        var scopeDepth = _scopeDepth;
        if (_scope is not null && (scopeDepth == 0 || _scope[scopeDepth - 1] != node.Resource))
        {
            _scope[_scopeDepth++] = node.Resource;
        }

        var marks = NoMarks;
        if ((outer != NoMarks || node.NeedsMarks) && Instance[at].Kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            marks = _marks.Push(Instance[at].Count, ref _steps);
        }

        var fits = node.Fits(ref this, at, marks);
        if (marks != NoMarks)
        {
            _marks.Pop(marks, fits ? outer : NoMarks);
        }

        _scopeDepth = scopeDepth;
        _depth--;
        return fits;
    }

    /// <summary>Without telling what failed.</summary>
    public bool FitsQuietly(SchemaNode node, int at, int outer)
    {
        _quiet++;
        var fits = Fits(node, at, outer);
        _quiet--;
        return fits;
    }

    public readonly SchemaNode Resolve(DynamicTarget target)
    {
        for (var i = 0; target.ByResource.Count > 0 && i < _scopeDepth; i++)
        {
            if (target.ByResource.TryGetValue(_scope![i], out var outermost))
            {
                return outermost;
            }
        }

        return target.Lexical;
    }

    public readonly void Mark(int marks, int ordinal) => _marks.Mark(marks, ordinal);

    public readonly bool IsMarked(int marks, int ordinal) => _marks.IsMarked(marks, ordinal);

    public bool IsMatch(EcmaPattern pattern, ReadOnlySpan<byte> text) => pattern.IsMatch(text, ref _steps);

    public ulong Hash(int at) => JsonSameness.Hash(in Instance, at, ref _steps);

    public bool AreSame(int left, int right) => JsonSameness.AreSame(in Instance, left, in Instance, right, ref _steps);

    public bool IsConstant(int at, int constant) => JsonSameness.AreSame(in Instance, at, in _schema, constant, ref _steps);

    /// <returns>False.</returns>
    public bool Fail(int at, string keyword, string expected)
    {
        if (!IsDone)
        {
            var shown = VisibleText.Of(expected.Length <= MaxShown ? expected : expected[..MaxShown] + "…"); // Half a pair becomes U+FFFD.
            (_failures ??= []).Add(new SchemaFailure(TokenPointer.Of(in Instance, at), keyword, shown));
        }

        return false;
    }

    /// <returns>False.</returns>
    public bool Fail(int at, string keyword, string expected, long bound) =>
        !IsDone && Fail(at, keyword, expected + bound.ToString(CultureInfo.InvariantCulture));

    /// <returns>False.</returns>
    public bool Fail(int at, string keyword, string expected, ReadOnlySpan<byte> bound) =>
        !IsDone && Fail(at, keyword, expected + Encoding.UTF8.GetString(bound));

    /// <returns>False.</returns>
    public bool Fail(int at, string keyword, string expected, string name) => !IsDone && Fail(at, keyword, $"{expected}'{name}'");

    public void Dispose()
    {
        _marks.Dispose();
        if (_scope is not null)
        {
            ArrayPool<int>.Shared.Return(_scope);
            _scope = null;
        }
    }
}
