using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>
/// Whether a value of one type may stand where another is wanted, and which type two values share. Type parameters are bound on the way;
/// dyn goes with everything, and the more general of two types wins.
/// </summary>
internal static class Assignability
{
    /// <summary>All or nothing: bindings made before a failure are undone by the caller, who works on a copy.</summary>
    public static bool AreAssignable(Substitution known, IReadOnlyList<CelType> given, IReadOnlyList<CelType> wanted)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (!IsAssignable(known, given[i], wanted[i]))
            {
                return false;
            }
        }

        return given.Count == wanted.Count;
    }

    public static bool IsAssignable(Substitution known, CelType given, CelType wanted)
    {
        if (wanted.Kind == CelTypeKind.Parameter)
        {
            return Bind(known, given, wanted) || (given.Kind == CelTypeKind.Parameter && Bind(known, wanted, given));
        }

        if (given.Kind == CelTypeKind.Parameter)
        {
            return Bind(known, wanted, given);
        }

        if (given.Kind == CelTypeKind.Dyn || wanted.Kind == CelTypeKind.Dyn)
        {
            return true;
        }

        return IsNullFor(given, wanted)
            || (
                given.Kind == wanted.Kind
                && given.Kind switch
                {
                    CelTypeKind.Type => true,
                    CelTypeKind.Scalar => given.HasSameName(wanted),
                    _ => given.HasSameName(wanted) && AreAssignable(known, given.Parameters, wanted.Parameters),
                }
            );
    }

    /// <summary>The type that both have; dyn where they have none in common.</summary>
    public static CelType Join(ref Substitution known, CelType? first, CelType second)
    {
        if (first is null)
        {
            return second;
        }

        var attempt = known.Copy();
        if (IsAssignable(attempt, first, second) || IsAssignable(attempt = known.Copy(), second, first))
        {
            known = attempt;
            return MoreGeneral(first, second);
        }

        return CelType.Dyn;
    }

    /// <summary>Null may stand for what can be absent: a time, a span and the opaque types, as where they are messages.</summary>
    private static bool IsNullFor(CelType given, CelType wanted) =>
        given.IsSame(CelType.Null)
        && (wanted.Kind == CelTypeKind.Opaque || wanted.IsSame(CelType.Timestamp) || wanted.IsSame(CelType.Duration));

    private static bool Bind(Substitution known, CelType type, CelType parameter)
    {
        if (type.Kind == CelTypeKind.Parameter && type.Name == parameter.Name)
        {
            return true;
        }

        if (known.Find(parameter) is not { } bound)
        {
            return TrySet(known, type, parameter);
        }

        if (!IsAssignable(known, type, bound) && !IsNullFor(bound, type))
        {
            return false;
        }

        TrySet(known, MoreGeneral(type, bound), parameter);
        return true;
    }

    private static bool TrySet(Substitution known, CelType type, CelType parameter)
    {
        if (known.Contains(type, parameter))
        {
            return false;
        }

        known.Set(parameter, type);
        return true;
    }

    private static CelType MoreGeneral(CelType first, CelType second) =>
        IsNullFor(second, first) || IsNoMoreSpecific(first, second) ? first : second;

    private static bool IsNoMoreSpecific(CelType first, CelType second)
    {
        if (first.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter)
        {
            return true;
        }

        return second.Kind is not (CelTypeKind.Dyn or CelTypeKind.Parameter)
            && first.Kind == second.Kind
            && first.HasSameName(second)
            && first.Parameters.Zip(second.Parameters).All(pair => IsNoMoreSpecific(pair.First, pair.Second));
    }
}
