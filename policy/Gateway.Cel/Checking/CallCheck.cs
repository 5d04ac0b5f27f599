using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>Resolves calls and operators to the overloads that the types allow.</summary>
internal sealed class CallCheck(CheckContext context, NameCheck names, Func<Expr, Checked> check)
{
    public Checked Call(CallExpr call)
    {
        var name = GlobalName(call);
        if (name is ExtremeFunctions.Greatest or ExtremeFunctions.Least && call.Arguments.Count > 2)
        {
            call = call with
            {
                Arguments = [new ListExpr(call.Range, [.. call.Arguments.Select(a => new ListItem(a, IsOptional: false))])],
            };
        }

        var arguments = (name is null && call.Target is not null ? [call.Target] : Array.Empty<Expr>())
            .Concat(call.Arguments)
            .Select(check)
            .ToList();
        var isMember = name is null && call.Target is not null;
        name ??= call.Function;
        return context.Environment.Functions.Find(name, isMember, arguments.Count) is { } set
            ? Resolve(call, set, arguments)
            : Unknown(call, name);
    }

    /// <summary>
    /// The name of a function in a namespace, such as <c>math.abs</c> or one of the container; null where the call is that of a member.
    /// </summary>
    private string? GlobalName(CallExpr call)
    {
        var isRooted = call.Function.StartsWith('.');
        var name = isRooted ? call.Function[1..] : call.Function;
        if (call.Target is not null)
        {
            if (names.ChainOf(call.Target) is not var (chain, chainIsRooted))
            {
                return null;
            }

            (name, isRooted) = ($"{chain}.{name}", chainIsRooted);
        }

        return context.Environment.Candidates(name, isRooted).FirstOrDefault(context.Environment.Functions.Names.Contains)
            ?? (call.Target is null ? name : null);
    }

    private Checked Resolve(CallExpr call, OverloadSet set, List<Checked> arguments)
    {
        var nodes = arguments.Select(argument => argument.Node).ToList();
        if (!context.IsStrict)
        {
            return new Checked(Node(call, set, nodes), CelType.Dyn);
        }

        if (ResultType(set, [.. arguments.Select(argument => argument.Type)]) is not { } result)
        {
            var types = string.Join(", ", arguments.Select(argument => context.Known.Resolve(argument.Type, openAsDyn: true)));
            return context.Fail(CelErrorKind.Type, call.Range, $"no overload of '{Operators.Shown(set.Function)}' takes ({types})");
        }

        return new Checked(Node(call, set, nodes), result);
    }

    /// <summary>What the overloads that fit have in common: dyn if they give different types, and null if none fits.</summary>
    private CelType? ResultType(OverloadSet set, List<CelType> given)
    {
        CelType? result = null;
        foreach (var overload in set.Overloads)
        {
            var attempt = context.Known.Copy();
            var types = attempt.Instantiate([.. overload.Signature.Parameters, overload.Signature.Result]);
            if (!Assignability.AreAssignable(attempt, given, [.. types.SkipLast(1)]))
            {
                continue;
            }

            context.Known = attempt;
            var type = attempt.Resolve(types[^1]);
            result = result is null || result.IsSame(type) ? type : CelType.Dyn;
        }

        return result;
    }

    /// <summary>A pattern that is written in the expression is compiled here, and a wrong one is a mistake of the expression.</summary>
    private Expr Node(CallExpr call, OverloadSet set, List<Expr> arguments)
    {
        if (set.Function is "or" or "orValue" && call.Target is not null && arguments.Count == 2)
        {
            return new OptionalOrExpr(call.Range, set, arguments[0], arguments[1]);
        }

        if (set.Function != TextPattern.Function || arguments[1] is not LiteralExpr { Value: { Kind: CelKind.String } literal })
        {
            return new InvokeExpr(call.Range, set, arguments);
        }

        return TextPattern.TryCompile(literal.AsString, out var pattern, out var problem)
            ? new MatchExpr(call.Range, arguments[0], pattern)
            : context.Fail(CelErrorKind.Syntax, arguments[1].Range, problem).Node;
    }

    private Checked Unknown(CallExpr call, string name)
    {
        var known = context.Environment.Functions.Names;
        return known.Contains(name)
            ? context.Fail(
                CelErrorKind.Type,
                call.Range,
                $"'{Operators.Shown(name)}' isn't called in this form or with this number of arguments"
            )
            : context.Fail(CelErrorKind.UnknownName, call.Range, $"there is no function '{name}'", NearestName.Find(name, known));
    }
}
