"""All steps in order; a step whose inputs did not change keeps its artefact in the work folder.

/usr/bin/python3 -m training.run [STEP] --data DATA --pool POOL --text TEXT --pairs PAIRS --sentence FOLDER --runtime FOLDER

STEP is one of quality, tokenizer, teacher, align, cues, student, publish: the run stops after it.
Without a step all are run.
"""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import torch

from . import cues, phrases, pretrained, quality, student, teacher
from .classifier import Classifier, best_shift
from .data import evaluation_sets, file_hashes, read_training, target_matrix
from .labels import COMPLEXITY
from .options import parse
from .publish import publish
from .steps import Steps, code_hashes
from .texts import content_hash, read_folder, read_pairs, read_pool
from .tokenizer import Tokenizer


def main() -> None:
    # 1 data  2 tokenizer  3 teacher  4 languages  5 linear half  6 transformer half  7 publish
    options = parse(__doc__ or "")
    torch.set_num_threads(options.threads)
    settings = student.Settings()
    steps, code = Steps(options.work), code_hashes()
    # 1
    sets = evaluation_sets(options.data, options.safety)
    pool = read_pool(options.pool)
    learn, held, unlabelled = read_training(options.sources, pool)
    foreign = content_hash([str(part) for part in (read_folder(options.text), read_pairs(options.pairs))])
    data = {**file_hashes(options.sources), "pool": content_hash(pool), "text": foreign}
    report = quality.report(learn, held, unlabelled, sets)
    if options.last("quality"):
        return print("\n".join(report))
    # 2
    beside = [data["pool"], foreign]
    pieces = pretrained.pieces(options, steps, beside, code)
    words = Tokenizer(pieces)
    if options.last("tokenizer"):
        return None
    # 3
    texts = {name: [row.text for row in rows] for name, rows in {**sets, "held": held}.items()}
    examples = [*learn, *unlabelled]

    def teach() -> tuple[np.ndarray, dict[str, np.ndarray]]:
        linear, seen = teacher.fit(learn)
        guess = teacher.chances(linear.logits([row.text for row in unlabelled]))
        return np.concatenate([seen, guess]), {name: linear.logits(part) for name, part in texts.items()}

    read = [{**data, "text": None}, code["data.py"], code["texts.py"], code["teacher.py"], code["shape.py"]]
    soft, linear_logits = steps.keep("teacher", read, teach)
    report += quality.noise_table(quality.noise(learn, soft))
    if options.last("teacher"):
        return print("\n".join(report))
    # 4
    encoder, plan = pretrained.encoder(options, steps, code, words, beside, settings, pieces.name)
    if options.last("align"):
        return None
    # 5
    made = [*read, pieces.name, options.vocab, plan, code]
    short = phrases.rows()
    both = np.concatenate([soft, phrases.known(short)])
    cue = steps.keep("cues", made, lambda: cues.fit([*examples, *short], both, words))
    if options.last("cues"):
        return None
    # 6
    for number, leg in enumerate(settings.legs):
        state = steps.keep("student", [*made, asdict(settings), number], lambda: student.train(
            encoder, examples, soft, words, settings, leg).state_dict())
        encoder.load_state_dict(state)
    if options.last("student"):
        return None
    # 7
    compared = {"majority": teacher.majority(learn, texts), "TF-IDF + logistic regression": linear_logits}
    parameters: dict[str, object] = {
        **asdict(settings), "languages": plan, "vocab": words.size,
        "rows": len(learn), "heldBack": len(held), "unlabelled": len(unlabelled), "phrases": len(short), "code": code}
    model = Classifier(encoder.eval(), cue)
    answers = sum(model.halves([words.encode_for_model(row.text) for row in held]))
    model = replace(model, shift=best_shift(answers, target_matrix(held)))
    parameters["complexityShift"] = [float(value) for value in model.shift[COMPLEXITY.start : COMPLEXITY.stop]]
    publish(model, words, sets, held, compared, options, data, parameters, report)
    return None


if __name__ == "__main__":
    main()
