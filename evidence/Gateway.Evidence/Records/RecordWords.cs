using System.Collections.Frozen;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

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
            .Where(value => System.Numerics.BitOperations.IsPow2((int)value))
            .ToFrozenDictionary(value => Encoding.ASCII.GetString(RecordNames.OfClass(value)), StringComparer.Ordinal);

    private delegate ReadOnlySpan<byte> NameOf<T>(T value);

    private static FrozenDictionary<string, T> By<T>(NameOf<T> nameOf)
        where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(value => Encoding.ASCII.GetString(nameOf(value)), StringComparer.Ordinal);
}
