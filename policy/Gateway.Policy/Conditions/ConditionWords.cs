using Gateway.Policy.Model;

namespace Gateway.Policy.Conditions;

/// <summary>The words by which conditions and rules see enumerations: those of the documents, and nothing for what is unset.</summary>
internal static class ConditionWords
{
    private static readonly string[]?[] DataSets = new string[1 << Vocabulary.Data.Values.Count][];

    /// <summary>In lower case, as rules compare it.</summary>
    public static string Level(AtfLevel level) =>
        level switch
        {
            AtfLevel.L1 => "l1",
            AtfLevel.L2 => "l2",
            AtfLevel.L3 => "l3",
            AtfLevel.L4 => "l4",
            AtfLevel.Unassigned => "",
        };

    public static string Of(LifecycleStatus? status) => status is { } known ? Vocabulary.Status.Text(known) : "";

    public static string Of(Door door) => door == Door.None ? "" : Vocabulary.Door.Text(door);

    public static string Of(AuthStrength strength) => strength == AuthStrength.None ? "" : Vocabulary.Strength.Text(strength);

    /// <summary>The classes in the order of the documentation. Each set's list is made once, since there are few.</summary>
    public static IReadOnlyList<string> Words(DataClasses data) => DataSets[(int)data & (DataSets.Length - 1)] ??= WordsOf(data);

    // By itself, since a lambda that holds a parameter costs an object at each call of the method that it stands in.
    private static string[] WordsOf(DataClasses data) =>
        [.. Vocabulary.Data.Values.Where(known => (data & known) != 0).Select(Vocabulary.Data.Text)];
}
