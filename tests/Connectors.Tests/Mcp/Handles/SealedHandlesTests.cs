using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Handles;
using Gateway.Connectors.Tests.Vaults;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Mcp.Handles;

public sealed class SealedHandlesTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly HandleOwner Owner = new(Id<Tenant>.Parse("acme"), Id<Agent>.Parse("bot"), Id<Connector>.Parse("files"));

    private static readonly HandleKind[] OfOneConnector =
    [
        HandleKind.Session,
        HandleKind.RequestState,
        HandleKind.Task,
        HandleKind.Subscription,
        HandleKind.ServerRequest,
    ];

    private readonly SealedHandles _handles = new(TestKeys.Ring(KeyPurpose.BearerPepper));

    [Fact]
    public void Whatever_is_sealed_opens_for_its_owner_with_its_binding() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                ArbMap.Default.ArbFor<byte[]>(),
                Gen.Elements(OfOneConnector).ToArbitrary(),
                (value, binding, kind) =>
                {
                    var text = Seal(value, kind, binding);
                    return _handles.TryOpen(kind, Owner, text, binding, Now, out var opened)
                        && opened.AsSpan().SequenceEqual(value)
                        && text.All(c => c is >= '!' and <= '~')
                        && Uri.EscapeDataString(text) == text;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Of_a_hundred_thousand_changed_ones_none_opens()
    {
        var text = Seal("9f2c61b0-6d4f-4a0e-8a39-0d6cf5b0a8ae"u8.ToArray());
        for (var i = 0; i < 100_000; i++)
        {
            var changed = Change(text, i);
            Assert.True(changed == text || !Opens(changed), changed);
        }
    }

    [Fact]
    public void Every_other_text_of_the_same_bytes_is_refused()
    {
        for (var length = 0; length < 4; length++)
        {
            var text = Seal(new byte[length]);
            Assert.True(Opens(text));
            Assert.All(Alphabet.Where(c => c != text[^1]), c => Assert.False(Opens(text[..^1] + c)));
            foreach (
                var other in new[] { text + "=", text + "==", " " + text, text + "\n", text.Insert(7, "\r\n"), text + "A", text[..^1] }
            )
            {
                Assert.False(Opens(other), other);
            }
        }
    }

    [Fact]
    public void Nothing_shorter_and_no_text_at_all_opens_or_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => !Opens(text ?? "") && !Opens(new string('A', (text ?? "").Length)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Another_kind_doesnt_open_it()
    {
        foreach (var kind in OfOneConnector)
        {
            var text = Seal([1, 2, 3], kind);
            var opening = Enum.GetValues<HandleKind>().Where(other => _handles.TryOpen(other, Owner, text, [], Now, out _));
            Assert.Equal([kind], opening);
        }
    }

    [Fact]
    public void Another_tenant_agent_or_connector_doesnt_open_it()
    {
        var text = Seal([1]);
        HandleOwner[] others =
        [
            Owner with
            {
                Tenant = Id<Tenant>.Parse("acme2"),
            },
            Owner with
            {
                Agent = Id<Agent>.Parse("bot2"),
            },
            Owner with
            {
                Connector = Id<Connector>.Parse("files2"),
            },
            Owner with
            {
                Connector = default,
            },
            new(Id<Tenant>.Parse("acm"), Id<Agent>.Parse("ebot"), Owner.Connector), // The same letters, parted otherwise.
            new(Owner.Tenant, Id<Agent>.Parse("files"), Id<Connector>.Parse("bot")),
        ];
        Assert.All(others, other => Assert.False(_handles.TryOpen(HandleKind.Session, other, text, [], Now, out _)));
    }

    [Fact]
    public void Another_binding_doesnt_open_it()
    {
        var text = Seal([1], HandleKind.RequestState, "pay\0digest"u8);
        Assert.True(_handles.TryOpen(HandleKind.RequestState, Owner, text, "pay\0digest"u8, Now, out _));
        Assert.False(_handles.TryOpen(HandleKind.RequestState, Owner, text, "pay\0digesu"u8, Now, out _));
        Assert.False(_handles.TryOpen(HandleKind.RequestState, Owner, text, [], Now, out _));
    }

    [Fact]
    public void It_opens_until_the_second_that_it_expires_in()
    {
        var text = Seal([1]);
        Assert.True(_handles.TryOpen(HandleKind.Session, Owner, text, [], Now.AddMinutes(10).AddTicks(-1), out _));
        Assert.False(_handles.TryOpen(HandleKind.Session, Owner, text, [], Now.AddMinutes(10), out _));
        Assert.False(_handles.TryOpen(HandleKind.Session, Owner, text, [], DateTimeOffset.MaxValue, out var value));
        Assert.Null(value);
    }

    [Fact]
    public void An_older_key_opens_what_it_sealed_for_as_long_as_it_is_listed()
    {
        var (before, after) = (TestKeys.New("k1"), TestKeys.New("k2"));
        var text = Seal([1], handles: new SealedHandles(new KeyRing(KeyPurpose.BearerPepper, [before])));
        Assert.True(Opens(text, new SealedHandles(new KeyRing(KeyPurpose.BearerPepper, [after, before]))));
        Assert.False(Opens(text, new SealedHandles(new KeyRing(KeyPurpose.BearerPepper, [after]))));
    }

    [Fact]
    public void Of_many_keys_each_opens_its_own_also_where_two_have_one_mark()
    {
        var keys = Enumerable.Range(0, 600).Select(i => TestKeys.New($"k{i}")).ToList(); // More than there are marks.
        var all = new SealedHandles(new KeyRing(KeyPurpose.BearerPepper, keys));
        Assert.All(
            keys,
            key => Assert.True(Opens(Seal([7], handles: new SealedHandles(new KeyRing(KeyPurpose.BearerPepper, [key]))), all))
        );
    }

    [Fact]
    public void The_same_value_is_never_the_same_text() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Seal([1])).Distinct().Count());

    [Fact]
    public void A_value_up_to_the_bound_is_sealed_and_a_longer_one_refused()
    {
        var value = RandomNumberGenerator.GetBytes(SealedHandles.MaxValueLength);
        var text = Seal(value);
        Assert.Equal(SealedHandles.MaxTextLength, text.Length);
        Assert.True(_handles.TryOpen(HandleKind.Session, Owner, text, [], Now, out var opened));
        Assert.Equal(value, opened);
        Assert.False(_handles.TrySeal(HandleKind.Session, Owner, [.. value, 0], [], Now.AddMinutes(10), out _));
    }

    [Fact]
    public void A_session_of_36_characters_makes_a_header_of_92() => Assert.Equal(92, Seal(new byte[36]).Length);

    [Fact]
    public void Nobody_has_a_handle_of_no_kind_and_only_the_joined_one_has_no_connector()
    {
        var joined = Owner with { Connector = default };
        Assert.True(_handles.TrySeal(HandleKind.JoinedSession, joined, [1], [], Now.AddMinutes(1), out var text));
        Assert.True(_handles.TryOpen(HandleKind.JoinedSession, joined, text, [], Now, out _));
        Assert.Throws<ArgumentException>(() => _handles.TrySeal(HandleKind.JoinedSession, Owner, [1], [], Now, out _));
        Assert.Throws<ArgumentException>(() => _handles.TrySeal(HandleKind.Session, joined, [1], [], Now, out _));
        Assert.Throws<ArgumentException>(() => _handles.TrySeal(default, Owner, [1], [], Now, out _));
        Assert.Throws<ArgumentException>(() => _handles.TrySeal((HandleKind)8, Owner, [1], [], Now, out _));
        Assert.Throws<ArgumentException>(() => _handles.TrySeal(HandleKind.Session, default, [1], [], Now, out _));
        Assert.Throws<ArgumentException>(() => _handles.TrySeal(HandleKind.Session, Owner, [1], [], DateTimeOffset.MaxValue, out _));
    }

    private static string Change(string text, int seed)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var changes = 0; changes <= seed % 3; changes++)
        {
            bytes[RandomNumberGenerator.GetInt32(bytes.Length)] = (byte)Alphabet[RandomNumberGenerator.GetInt32(Alphabet.Length)];
        }

        var changed = Encoding.ASCII.GetString(bytes);
        return (seed % 10) switch
        {
            8 => text.Remove(RandomNumberGenerator.GetInt32(text.Length), 1),
            9 => changed.Insert(RandomNumberGenerator.GetInt32(text.Length), "A"),
            _ => changed,
        };
    }

    private string Seal(
        byte[] value,
        HandleKind kind = HandleKind.Session,
        ReadOnlySpan<byte> binding = default,
        SealedHandles? handles = null
    )
    {
        Assert.True((handles ?? _handles).TrySeal(kind, Owner, value, binding, Now.AddMinutes(10), out var text));
        return text;
    }

    private bool Opens(string text, SealedHandles? handles = null) =>
        (handles ?? _handles).TryOpen(HandleKind.Session, Owner, text, [], Now, out _);
}
