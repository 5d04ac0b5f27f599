using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>What the parts of the checker share while they go over one expression.</summary>
/// <param name="isStrict">False leaves types to the evaluation, as the conformance cases without type check demand: a mistake becomes an
/// error where it is reached.</param>
internal sealed class CheckContext(CelEnvironment environment, bool isStrict)
{
    private readonly List<(string Name, CelType Type)> _scope = [];
    private int _comprehensions;

    public CelEnvironment Environment => environment;

    public bool IsStrict => isStrict;

    public Substitution Known { get; set; } = new();

    public List<(CelErrorKind Kind, TextRange Range, string Message, string? Nearest)> Errors { get; } = [];

    /// <summary>How many places the variables of macros need.</summary>
    public int Places { get; private set; }

    public IEnumerable<string> LocalNames => _scope.Select(local => local.Name);

    /// <summary>The place of a macro's variable, the innermost first; -1 for none.</summary>
    public int FindLocal(string name) => _scope.FindLastIndex(local => local.Name == name);

    public CelType TypeOfLocal(int place) => _scope[place].Type;

    /// <summary>The first place of the variables that are now in scope.</summary>
    public int Declare(params (string Name, CelType Type)[] variables)
    {
        _scope.AddRange(variables);
        Places = Math.Max(Places, _scope.Count);
        return _scope.Count - variables.Length;
    }

    public void Forget(int count) => _scope.RemoveRange(_scope.Count - count, count);

    public void EnterComprehension(TextRange range)
    {
        if (++_comprehensions > environment.Limits.Comprehensions)
        {
            throw new SyntaxException(
                CelErrorKind.Limit,
                range,
                $"macros over lists and maps nest deeper than {environment.Limits.Comprehensions}"
            );
        }
    }

    public void LeaveComprehension() => _comprehensions--;

    /// <summary>A mistake that ends in an error wherever it is reached.</summary>
    public Checked Fail(CelErrorKind kind, TextRange range, string message, string? nearest = null)
    {
        Report(kind, range, message, nearest);
        return new Checked(new FailExpr(range, new CelFault(message, range)), CelType.Dyn);
    }

    public void Report(CelErrorKind kind, TextRange range, string message, string? nearest = null)
    {
        if (isStrict)
        {
            Errors.Add((kind, range, message, nearest));
        }
    }

    /// <summary>Reports a type that isn't the one wanted.</summary>
    public void Expect(Checked node, CelType wanted, string what)
    {
        var attempt = Known.Copy();
        if (Assignability.IsAssignable(attempt, node.Type, wanted))
        {
            Known = attempt;
        }
        else
        {
            Report(CelErrorKind.Type, node.Node.Range, $"{what} must be {wanted}, and this is {Known.Resolve(node.Type, openAsDyn: true)}");
        }
    }

    public CelType Join(CelType? first, CelType second)
    {
        var known = Known;
        var joined = Assignability.Join(ref known, first, second);
        Known = known;
        return joined;
    }
}
