using System.Collections.Frozen;
using System.Numerics;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>The names of the closed lists in records: lower case and underscores, stable whatever the code calls them.</summary>
internal static class RecordNames
{
    public static ReadOnlySpan<byte> Of(Verdict value) => Vocabulary.Verdict.Utf8(value);

    public static ReadOnlySpan<byte> Of(Severity value) => Vocabulary.Severity.Utf8(value);

    public static ReadOnlySpan<byte> Of(AtfLevel value) => value == AtfLevel.Unassigned ? "unassigned"u8 : Vocabulary.Level.Utf8(value);

    public static ReadOnlySpan<byte> Of(AuthStrength value) => Vocabulary.Strength.Utf8(value);

    public static ReadOnlySpan<byte> Of(Door value) => Vocabulary.Door.Utf8(value);

    public static ReadOnlySpan<byte> Of(DeploymentEnvironment value) => Vocabulary.Environment.Utf8(value);

    public static ReadOnlySpan<byte> Of(LifecycleStatus value) =>
        value == LifecycleStatus.Unknown ? "unknown"u8 : Vocabulary.Status.Utf8(value);

    public static ReadOnlySpan<byte> Of(OutcomeStatus value) =>
        value switch
        {
            OutcomeStatus.OutcomeUnknown => "outcome_unknown"u8,
            OutcomeStatus.Completed => "completed"u8,
            OutcomeStatus.Refused => "refused"u8,
            OutcomeStatus.Failed => "failed"u8,
            OutcomeStatus.Cancelled => "cancelled"u8,
            OutcomeStatus.Cut => "cut"u8,
        };

    public static ReadOnlySpan<byte> Of(BodyForm value) => Vocabulary.Bodies.Utf8(value);

    public static ReadOnlySpan<byte> Of(BodyProblem value) =>
        value switch
        {
            BodyProblem.Unknown => "unknown"u8,
            BodyProblem.Unwritable => "unwritable"u8,
            BodyProblem.Unredactable => "unredactable"u8,
        };

    /// <summary>One class; a set or none has no name.</summary>
    public static ReadOnlySpan<byte> OfClass(DataClasses value) =>
        BitOperations.IsPow2((int)value) ? Vocabulary.Data.Utf8(value) : throw new ArgumentException("Not one class.", nameof(value));
}

/// <summary>The closed lists by the names that records have for them. A name that isn't there is no value: nothing is guessed.</summary>
internal static class RecordWords
{
    public static FrozenDictionary<string, Verdict> Verdicts { get; } = By<Verdict>(value => RecordNames.Of(value));

    public static FrozenDictionary<string, AuthStrength> Strengths { get; } = By<AuthStrength>(value => RecordNames.Of(value));

    public static FrozenDictionary<string, Door> Doors { get; } = By<Door>(value => RecordNames.Of(value));

    public static FrozenDictionary<string, DeploymentEnvironment> Environments { get; } =
        By<DeploymentEnvironment>(value => RecordNames.Of(value));

    public static FrozenDictionary<string, LifecycleStatus> Statuses { get; } = By<LifecycleStatus>(value => RecordNames.Of(value));

    public static FrozenDictionary<string, AtfLevel> Levels { get; } = By<AtfLevel>(value => RecordNames.Of(value));

    public static FrozenDictionary<string, DataClasses> Data { get; } =
        Enum.GetValues<DataClasses>()
            .Where(value => BitOperations.IsPow2((int)value))
            .ToFrozenDictionary(value => Encoding.ASCII.GetString(RecordNames.OfClass(value)), StringComparer.Ordinal);

    private delegate ReadOnlySpan<byte> NameOf<T>(T value);

    private static FrozenDictionary<string, T> By<T>(NameOf<T> nameOf)
        where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(value => Encoding.ASCII.GetString(nameOf(value)), StringComparer.Ordinal);
}
