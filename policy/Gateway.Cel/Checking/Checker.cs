using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>
/// Resolves every name and function of an expression and finds its type, reporting all mistakes at once. What it gives back is what both
/// evaluators run.
/// </summary>
internal sealed class Checker
{
    private readonly CheckContext _context;
    private readonly NameCheck _names;
    private readonly CallCheck _calls;
    private readonly BindingCheck _bindings;
    private readonly ComprehensionCheck _comprehensions;

    public Checker(CheckContext context)
    {
        _context = context;
        _names = new NameCheck(context, Check);
        _calls = new CallCheck(context, _names, Check);
        _bindings = new BindingCheck(context, Check);
        _comprehensions = new ComprehensionCheck(context, Check);
    }

    /// <summary>The whole expression, its type with nothing open.</summary>
    public Checked CheckAll(Expr expr)
    {
        var result = Check(expr);
        return result with { Type = _context.Known.Resolve(result.Type, openAsDyn: true) };
    }

    private Checked Check(Expr expr) =>
        expr switch
        {
            LiteralExpr literal => new Checked(literal, CelType.Of(literal.Value)),
            NameExpr name => _names.Name(name),
            SelectExpr select => _names.Select(select),
            CallExpr call => _calls.Call(call),
            ListExpr list => List(list),
            MapExpr map => Map(map),
            AndExpr and => new Checked(and with { Terms = Terms(and.Terms) }, CelType.Bool),
            OrExpr or => new Checked(or with { Terms = Terms(or.Terms) }, CelType.Bool),
            ConditionalExpr conditional => Conditional(conditional),
            BindExpr bind => _bindings.Bind(bind),
            OptionalMapExpr map => _bindings.OptionalMap(map),
            ComprehensionExpr comprehension => _comprehensions.Check(comprehension),
            _ => throw new InvalidOperationException($"The checker knows no {expr.GetType().Name}."),
        };

    private List<Expr> Terms(IReadOnlyList<Expr> terms)
    {
        var nodes = new List<Expr>(terms.Count);
        foreach (var term in terms)
        {
            var one = Check(term);
            _context.Expect(one, CelType.Bool, "what && and || join");
            nodes.Add(one.Node);
        }

        return nodes;
    }

    private Checked Conditional(ConditionalExpr expr)
    {
        var condition = Check(expr.Condition);
        _context.Expect(condition, CelType.Bool, "the condition before ?");
        var (whenTrue, whenFalse) = (Check(expr.WhenTrue), Check(expr.WhenFalse));
        var type = _context.Join(whenTrue.Type, whenFalse.Type);
        if (type.Kind == CelTypeKind.Dyn && whenTrue.Type.Kind != CelTypeKind.Dyn && whenFalse.Type.Kind != CelTypeKind.Dyn)
        {
            _context.Report(
                CelErrorKind.Type,
                expr.Range,
                $"the values after ? and : must have one type, and these are {Show(whenTrue)} and {Show(whenFalse)}"
            );
        }

        return new Checked(expr with { Condition = condition.Node, WhenTrue = whenTrue.Node, WhenFalse = whenFalse.Node }, type);
    }

    private Checked List(ListExpr list)
    {
        CelType? element = null;
        var items = new List<ListItem>(list.Items.Count);
        foreach (var item in list.Items)
        {
            var value = Check(item.Value);
            element = _context.Join(element, item.IsOptional ? Unwrapped(value) : value.Type);
            items.Add(item with { Value = value.Node });
        }

        return new Checked(list with { Items = items }, CelType.List(element ?? _context.Known.Fresh()));
    }

    private Checked Map(MapExpr map)
    {
        CelType? keys = null;
        CelType? values = null;
        var entries = new List<MapEntry>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            var (key, value) = (Check(entry.Key), Check(entry.Value));
            ExpectKey(key);
            keys = _context.Join(keys, key.Type);
            values = _context.Join(values, entry.IsOptional ? Unwrapped(value) : value.Type);
            entries.Add(entry with { Key = key.Node, Value = value.Node });
        }

        var type = CelType.Map(keys ?? _context.Known.Fresh(), values ?? _context.Known.Fresh());
        return new Checked(map with { Entries = entries }, type);
    }

    private CelType Unwrapped(Checked value)
    {
        var inner = _context.Known.Fresh();
        _context.Expect(value, CelType.Optional(inner), "what ? may leave out");
        return _context.Known.Resolve(inner);
    }

    private void ExpectKey(Checked key)
    {
        var type = _context.Known.Resolve(key.Type);
        var isKey =
            type.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter
            || type.IsSame(CelType.Bool)
            || type.IsSame(CelType.Int)
            || type.IsSame(CelType.Uint)
            || type.IsSame(CelType.String);
        if (!isKey)
        {
            _context.Report(CelErrorKind.Type, key.Node.Range, $"a key must be bool, int, uint or string, and this is {type}");
        }
    }

    private CelType Show(Checked value) => _context.Known.Resolve(value.Type, openAsDyn: true);
}
