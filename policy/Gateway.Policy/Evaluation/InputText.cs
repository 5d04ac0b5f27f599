using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// The texts of inputs in a path, made once for each combination of small enumerations: a decision is on the path of every request and
/// shouldn't make strings. Thread-safe: two threads may make the same text, and either will do.
/// </summary>
public static class InputText
{
    /// <value>Levels, actions, tiers, scopes, and what is sent with nothing said.</value>
    private const int Combinations = 5 * 8 * 5 * 2 * 4;

    private static readonly string?[] Boundaries = new string?[Combinations];
    private static readonly string?[] DataSets = new string?[(int)DataClasses.TopSecret * 2];
    private static readonly string?[] Actions = new string?[8 * 5];

    /// <summary><c>level=L3 action=write risk=low target=internal</c>, with <c>sends=content</c> where that is said.</summary>
    public static string Boundary(AtfLevel level, ActionType action, RiskTier risk, TargetScope scope, Sends? sends)
    {
        var index = (((((int)level * 8) + (int)action) * 5 + (int)risk) * 2 + (int)scope) * 4 + (sends is { } said ? (int)said + 1 : 0);
        return (uint)index >= Combinations
            ? "level=unknown"
            : Boundaries[index] ??=
                $"level={Vocabulary.Level.Text(level)} {Action(action, risk)} target={Vocabulary.Scope.Text(scope)}"
                + (sends is { } one ? $" sends={Vocabulary.Sends.Text(one)}" : "");
    }

    /// <summary><c>action=write risk=low</c></summary>
    public static string Action(ActionType action, RiskTier risk)
    {
        var index = ((int)action * 5) + (int)risk;
        return (uint)index >= Actions.Length
            ? "action=unknown"
            : Actions[index] ??= $"action={Vocabulary.Action.Text(action)} risk={Vocabulary.Risk.Text(risk)}";
    }

    /// <summary><c>data=customer,pii</c></summary>
    public static string Data(DataClasses data)
    {
        var index = (int)data;
        return (uint)index >= DataSets.Length ? "data=unknown" : DataSets[index] ??= TextOf(data);
    }

    // By itself, since a lambda that holds a parameter costs an object at each call of the method that it stands in.
    private static string TextOf(DataClasses data) =>
        data == DataClasses.None
            ? "data=none"
            : "data=" + string.Join(',', Vocabulary.Data.Values.Where(one => data.HasFlag(one)).Select(Vocabulary.Data.Text));

    public static string Count(string name, int count) => string.Create(CultureInfo.InvariantCulture, $"{name}={count}");
}
