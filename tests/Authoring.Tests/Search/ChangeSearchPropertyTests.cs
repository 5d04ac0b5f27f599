using FsCheck;
using FsCheck.Fluent;
using Gateway.Authoring.Changes;
using Gateway.Authoring.Search;

namespace Gateway.Authoring.Tests.Search;

public sealed class ChangeSearchPropertyTests
{
    /// <summary>Judged anew from the snapshot, with what the search remembers left aside.</summary>
    [Fact]
    public void Sets_OfAnyCase_AllowAndNoPartOfThemDoes() =>
        Prop.ForAll(
                Policy.Tests.Generators.Worlds.Any.ToArbitrary(),
                c =>
                {
                    var start = Situation.From(c.Snapshot, c.Intent, c.Facts);
                    var found = ChangeSearch.Find(c.Snapshot, c.Intent, c.Facts);
                    return found.AlreadyAllowed
                        ? start.Passes() && found.Sets.Count == 0
                        : !start.Passes()
                            && found.Sets.All(set =>
                                set.Count is > 0 and <= ChangeSearch.MaxChanges
                                && start.With(set).Passes()
                                && Parts(set).All(part => !start.With(part).Passes())
                            );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void Search_OfAnyCase_GivesTheSameAgainAndStaysWithinItsBound() =>
        Prop.ForAll(
                Policy.Tests.Generators.Worlds.Any.ToArbitrary(),
                c =>
                {
                    var (one, other) = (
                        ChangeSearch.Find(c.Snapshot, c.Intent, c.Facts, 20),
                        ChangeSearch.Find(c.Snapshot, c.Intent, c.Facts, 20)
                    );
                    // The parts of the last set found are judged all the same: a set isn't given before they were.
                    return one.Judged <= 20 + (1 << ChangeSearch.MaxChanges) && Text(one) == Text(other);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static string Text(WouldAllow found) => string.Join('\n', found.Sets.Select(set => string.Join("; ", set)));

    private static IEnumerable<IEnumerable<Change>> Parts(IReadOnlyList<Change> set) =>
        Enumerable.Range(1, (1 << set.Count) - 2).Select(bits => set.Where((_, i) => (bits & (1 << i)) != 0));
}
