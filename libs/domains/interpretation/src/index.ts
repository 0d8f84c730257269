export { type Channel, CHANNELS, MATERIAL_KINDS, type MaterialKind, type MaterialState } from './domain/material';
export { MAX_PICTURE_BYTES } from './domain/picture';
export { InterpretationModule } from './interpretation.module';
export { deskPicture, type DeskMaterial, type InterpretationDesk, interpretationDesk } from './queries/interpretation-desk';
export { type PictureFile, type ReleasedMaterial, releasedMaterials, releasedPicture, releasedPictures } from './queries/released';
export { ApproveMaterial } from './use-cases/approve-material';
export { type PlanInput, SavePlan } from './use-cases/save-plan';
export { type MaterialInput, WriteMaterial } from './use-cases/write-material';
