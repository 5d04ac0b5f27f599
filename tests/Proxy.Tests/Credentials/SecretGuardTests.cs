using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;

namespace Gateway.Proxy.Tests.Credentials;

public sealed class SecretGuardTests
{
    private const string Token = "abcabcabd-token";

    [Theory]
    [InlineData(CredentialPlacement.Header, "tell: abcabcabd-token.")]
    [InlineData(CredentialPlacement.Scheme, "Bearer abcabcabd-token")]
    [InlineData(CredentialPlacement.Query, "?key=abcabcabd-token")]
    [InlineData(CredentialPlacement.Basic, "abcabcabd-token")]
    public void Credential_in_an_answer_is_found(CredentialPlacement placement, string answer) =>
        Assert.True(Guard(placement, Token).IsIn(Encoding.ASCII.GetBytes(answer)));

    [Fact]
    public void Basic_credential_is_found_encoded_whole_and_by_its_password()
    {
        var guard = Guard(CredentialPlacement.Basic, "someone:pass-word-1");

        Assert.True(guard.IsIn("Basic c29tZW9uZTpwYXNzLXdvcmQtMQ=="u8));
        Assert.True(guard.IsIn("someone:pass-word-1"u8));
        Assert.True(guard.IsIn("it was pass-word-1"u8));
        Assert.False(guard.IsIn("hello someone"u8));
    }

    [Fact]
    public void Query_credential_is_found_as_it_was_escaped() =>
        Assert.True(Guard(CredentialPlacement.Query, "a b+c/d=e").IsIn("?key=a%20b%2Bc%2Fd%3De"u8));

    [Theory]
    [InlineData("abcabcabd-toke")]
    [InlineData("ABCABCABD-TOKEN")]
    [InlineData("")]
    public void Other_text_passes(string answer) =>
        Assert.False(Guard(CredentialPlacement.Header, Token).IsIn(Encoding.ASCII.GetBytes(answer)));

    [Fact]
    public void Nothing_is_looked_for_where_nothing_was_sent_or_it_could_be_guessed()
    {
        Assert.Same(SecretGuard.None, SecretGuard.Of(null, null));
        Assert.Same(SecretGuard.None, Guard(CredentialPlacement.Header, "short"));
        Assert.False(SecretGuard.None.IsIn("anything"u8));
        Assert.Equal(0, SecretGuard.None.BeginsIn("anything"u8));
    }

    /// <summary>However an answer comes in parts, what was let through before the credential was found holds nothing of it.</summary>
    [Fact]
    public void However_an_answer_is_divided_nothing_of_the_credential_gets_through() =>
        Prop.ForAll(
                Gen.Elements("a", "b", "c", "abc", "abcabcab", "x").ListOf().Select(string.Concat).ToArbitrary(),
                Gen.Choose(1, 6).ListOf(40).ToArbitrary(),
                (before, sizes) =>
                {
                    var answer = Encoding.ASCII.GetBytes(before + Token + "behind");
                    var passed = Encoding.ASCII.GetString(Pass(answer, sizes));
                    return passed == before[..Math.Min(before.Length, passed.Length)]
                        && !passed.Contains("abcabcabd", StringComparison.Ordinal);
                }
            )
            .QuickCheckThrowOnFailure();

    private static byte[] Pass(byte[] answer, IList<int> sizes)
    {
        var guard = Guard(CredentialPlacement.Header, Token);
        var (passed, held) = (new List<byte>(), new List<byte>());
        for (int at = 0, part = 0; at < answer.Length; part++)
        {
            var size = Math.Min(sizes.Count > 0 ? sizes[part % sizes.Count] : 1, answer.Length - at);
            held.AddRange(answer.AsSpan(at, size));
            at += size;
            if (guard.IsIn([.. held]))
            {
                return [.. passed];
            }

            var wait = guard.BeginsIn([.. held]);
            passed.AddRange(held[..^wait]);
            held.RemoveRange(0, held.Count - wait);
        }

        throw new InvalidOperationException("The credential was not found.");
    }

    private static SecretGuard Guard(CredentialPlacement placement, string secret)
    {
        Assert.True(CredentialReference.TryParse("vault://local/a#b", out var reference));
        return SecretGuard.Of(new CredentialUse(reference!, placement, "key"), new Secret(secret));
    }
}
