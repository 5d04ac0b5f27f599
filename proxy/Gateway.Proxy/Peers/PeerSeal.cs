using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Vaults;

namespace Gateway.Proxy.Peers;

/// <summary>
/// Seals what replicas say to each other, with AES-256-GCM. Each question has a key of its own, HKDF-SHA256 of the data encryption key with
/// 16 random bytes as salt; its answer another from the same. So nobody without the key reads or makes one, and an answer opens for the one
/// question that it was made for.
/// </summary>
/// <param name="keys">The current one seals questions; an answer is sealed with the question's.</param>
internal sealed class PeerSeal(KeyRing keys)
{
    /// <value>Bytes of a question, sealed. Names and ids are shorter.</value>
    public const int MaxQuestion = 1024;

    private const byte Version = 1;
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const string QuestionLabel = "gateway/peers/question/v1";
    private const string AnswerLabel = "gateway/peers/answer/v1";

    /// <summary>Seals a question under a key of its own: version, the key's id behind its length, salt, content.</summary>
    public SealedQuestion Ask(ReadOnlySpan<byte> question)
    {
        var id = Encoding.ASCII.GetBytes(keys.Current.Id);
        byte[] head = [Version, (byte)id.Length, .. id, .. RandomNumberGenerator.GetBytes(SaltLength)];
        var salt = head.AsSpan(head.Length - SaltLength);
        var bytes = new byte[head.Length + question.Length + TagLength];
        head.CopyTo(bytes, 0);
        using var cipher = new AesGcm(Derive(keys.Current, salt, QuestionLabel), TagLength);

        // The key seals nothing else, so that the nonce may be any.
        cipher.Encrypt(
            new byte[NonceLength],
            question,
            bytes.AsSpan(head.Length, question.Length),
            bytes.AsSpan(head.Length + question.Length),
            head
        );
        return new SealedQuestion(bytes, Derive(keys.Current, salt, AnswerLabel), Convert.ToHexString(salt));
    }

    /// <summary>Opens a question; null for anything that nobody with the key made.</summary>
    public SealedQuestion? Open(byte[] bytes, out byte[] question)
    {
        question = [];
        var head = bytes.Length > 1 ? 2 + bytes[1] + SaltLength : 0;
        if (bytes.Length is 0 or > MaxQuestion || bytes[0] != Version || bytes.Length < head + TagLength)
        {
            return null;
        }

        if (keys.Find(Encoding.ASCII.GetString(bytes, 2, bytes[1])) is not { } key)
        {
            return null;
        }

        var salt = bytes.AsSpan(head - SaltLength, SaltLength);
        question = new byte[bytes.Length - head - TagLength];
        using var cipher = new AesGcm(Derive(key, salt, QuestionLabel), TagLength);
        try
        {
            cipher.Decrypt(
                new byte[NonceLength],
                bytes.AsSpan(head, question.Length),
                bytes.AsSpan(^TagLength..),
                question,
                bytes.AsSpan(0, head)
            );
        }
        catch (AuthenticationTagMismatchException)
        {
            question = [];
            return null;
        }

        return new SealedQuestion(bytes, Derive(key, salt, AnswerLabel), Convert.ToHexString(salt));
    }

    private static byte[] Derive(NamedKey key, ReadOnlySpan<byte> salt, string label)
    {
        var derived = new byte[NamedKey.Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, derived, salt, Encoding.ASCII.GetBytes(label));
        return derived;
    }
}

/// <summary>A question as it goes over the network, and what its answer is sealed with.</summary>
/// <param name="id">Its salt, which no other question has.</param>
internal sealed class SealedQuestion(byte[] bytes, byte[] answerKey, string id)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public string Id => id;

    /// <summary>Seals an answer: nonce, content. The question is bound into it.</summary>
    public byte[] Answer(ReadOnlySpan<byte> answer)
    {
        var to = new byte[NonceLength + answer.Length + TagLength];
        RandomNumberGenerator.Fill(to.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(answerKey, TagLength);
        cipher.Encrypt(to.AsSpan(0, NonceLength), answer, to.AsSpan(NonceLength, answer.Length), to.AsSpan(^TagLength..), bytes);
        return to;
    }

    /// <summary>Opens an answer; null for anything that isn't the answer to just this question.</summary>
    public byte[]? OpenAnswer(ReadOnlySpan<byte> sealedAnswer)
    {
        if (sealedAnswer.Length < NonceLength + TagLength)
        {
            return null;
        }

        var answer = new byte[sealedAnswer.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(answerKey, TagLength);
        try
        {
            cipher.Decrypt(
                sealedAnswer[..NonceLength],
                sealedAnswer.Slice(NonceLength, answer.Length),
                sealedAnswer[^TagLength..],
                answer,
                bytes
            );
            return answer;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
